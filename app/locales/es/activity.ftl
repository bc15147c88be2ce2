# Lo que el portal hace por su cuenta.

activity-title = Actividad
activity-jobs = Tareas
activity-mails = Correo
activity-jobs-caption = Tareas, las más recientes primero
activity-mails-caption = Correos, los más recientes primero
activity-now = En curso
activity-running = { $jobs } en curso
activity-running-or-more = Más de { $jobs } en curso
activity-all = Todas
activity-all-mails = Todos
activity-every-kind = Todos los tipos
activity-of-customer = Cliente: { $customer }
activity-rows = { $rows ->
    [one] 1 fila
   *[other] { $rows } filas
}
activity-show-all = Mostrar todo

## Columnas y datos

activity-job = Tarea
activity-customer = Cliente
activity-customer-and-store = Cliente y tienda
activity-status = Estado
activity-queued-at = En cola desde
activity-started-at = Inicio
activity-due-at = Próximo intento
activity-finished-at = Fin
activity-took = Duración
activity-result = Resultado
activity-actions = Acciones
activity-about = Sobre esta tarea
activity-attempts = Intentos
activity-attempt-of = { $attempt } de { $attempts }
activity-next-attempt = Próximo intento: { $time }
activity-done-of = { $done } de { $total }
activity-in-log = Los detalles están en el registro del servidor, con el ID de esta tarea.
activity-order = Pedido
activity-id = ID de la tarea
activity-recipient = Destinatario
activity-about-what = Asunto
activity-server-answer = Respuesta del servidor de correo
activity-being-cancelled = Cancelándose

## Workers

activity-workers = Procesos
activity-worker = Proceso
activity-worker-role = Hace
activity-worker-pages-and-jobs = Páginas y tareas
activity-worker-jobs-only = Solo tareas
activity-worker-jobs = Tareas en curso
activity-worker-running = { $running } de { $slots }
activity-worker-seen = Última señal
activity-worker-ready = Listo
activity-worker-busy = Trabajando
activity-worker-silent = Sin señal
activity-no-workers = No hay ningún proceso de trabajo en marcha
activity-no-workers-text = Las importaciones, los correos y las comprobaciones esperan hasta que se inicie uno: consulta «One process or several» en la guía de operación.

## Acciones

activity-cancel = Cancelar
activity-retry = Reintentar
activity-retry-dead = { $jobs ->
    [one] Reintentar 1 tarea abandonada
   *[other] Reintentar { $jobs } tareas abandonadas
}
done-job-cancelled = Tarea cancelada
done-job-retried = Tarea de nuevo en cola
done-jobs-retried = { $left ->
    [0] Tareas de nuevo en cola: { $queued }
   *[other] Tareas de nuevo en cola: { $queued }. Sin cambios, porque otra tarea hace lo mismo: { $left }
}

## Nada aquí

activity-none = No hay tareas
activity-none-text = Las importaciones, los correos y las limpiezas aparecen aquí según ocurren.
activity-none-match = Ninguna tarea coincide
activity-none-match-text = Las tareas terminadas se guardan un día; las que se detuvieron, un mes.
activity-no-mails = Aún no hay correos
activity-no-mails-text = Las invitaciones y los enlaces de contraseña aparecen aquí según se envían.
activity-no-mails-match = Ningún correo en este estado

## Tipos de tarea, por su nombre guardado

activity-kind-check-design = Comprobar archivo de diseño
activity-kind-check-store-design = Comprobar diseño de un producto de la tienda
activity-kind-fetch-order = Traer pedido de la tienda
activity-kind-fetch-product = Traer producto de la tienda
activity-kind-reconsider-orders = Dejar seguir los pedidos en espera
activity-kind-rename-in-orders = Encontrar los pedidos por el nuevo nombre del cliente
activity-kind-schedule-stores = Buscar tiendas pendientes de sincronizar
activity-kind-sync-orders = Sincronizar pedidos
activity-kind-sync-products = Sincronizar productos
activity-kind-tell-again = Avisar a la tienda de lo que se perdió
activity-kind-write-back = Avisar a la tienda
activity-kind-check-import = Comprobar archivo de importación
activity-kind-handle-notice = Procesar webhook
activity-kind-erase-buyer = Borrar un comprador
activity-kind-erase-store = Borrar los compradores de una tienda
activity-kind-import-catalogue = Importar catálogo
activity-kind-import-orders = Importar pedidos
activity-kind-retention = Limpieza
activity-kind-send-mail = Enviar correo
activity-kind-send-reset-link = Enviar un enlace para una contraseña nueva
activity-kind-watch-store = Comprobar webhooks
activity-kind-watch-stores = Buscar webhooks por comprobar

## Tipos de correo

activity-mail-invitation-client-admin = Invitación, administrador del cliente
activity-mail-invitation-client-user = Invitación, usuario del cliente
activity-mail-invitation-operator = Invitación, operador
activity-mail-password-reset = Enlace de contraseña
activity-mail-password-changed = Contraseña cambiada
activity-mail-new-device = Dispositivo nuevo
activity-mail-two-factor-on = Dos pasos activados
activity-mail-two-factor-off = Dos pasos desactivados
activity-mail-recovery-code-used = Código de recuperación usado
activity-mail-store-needs-reauthorisation = Tienda por volver a conectar
activity-mail-data-requested = Datos pedidos por un comprador
activity-filter-state = Estado
activity-filter-kind = Tipo
activity-filter-customer = Cliente
activity-filter-direction = Dirección
activity-filter-platform = Plataforma
activity-filter-store = Tienda
activity-filter-order = Pedido
activity-filter-from = Desde
