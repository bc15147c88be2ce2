# Clientes: la lista y un cliente.

customers-title = Clientes
customers-caption = Clientes, ordenados por { $sort }
customers-sorted-name = nombre, de la A a la Z
customers-sorted-name-descending = nombre, de la Z a la A
customers-sorted-created = creación, primero los más antiguos
customers-sorted-created-descending = creación, primero los más recientes
customers-sorted-last-order = último pedido, primero el más antiguo
customers-sorted-last-order-descending = último pedido, primero el más reciente
customers-search = Busca nombre, ID o correo
customers-all = Todos
customers-access = Acceso a Storefronts
customers-access-state = Invitación
customers-access-on = Acceso activado
customers-access-off = Acceso desactivado
customers-archived = Archivado
customers-not-archived = Sin archivar
customers-filter-search = Búsqueda: { $q }
customers-export = Exportar CSV
customers-customer = Cliente
customers-reference = ID de referencia
customers-stores = Tiendas
customers-orders-30 = Pedidos, 30 d
customers-last-order = Último pedido
customers-created = Creado
customers-actions = Acciones
customers-actions-for = Acciones para { $name }
customers-none = Ninguno
customers-never = Nunca
customers-since = desde el { $date }
customers-need-attention = { $orders ->
    [one] { $orders } requiere atención
   *[other] { $orders } requieren atención
}
customers-shown-of = 1–{ $to } de { $total }
customers-shown = { $rows ->
    [one] { $rows } cliente
   *[other] { $rows } clientes
}
customers-empty-title = Crea tu primer cliente
customers-empty-text = Un cliente es un negocio para el que imprimes. Crea uno, activa su acceso a Storefronts y sus pedidos llegarán aquí listos para imprimir.
customers-no-stores = Ninguna
customers-none-match = Ningún cliente coincide con «{ $q }»
customers-none-here = Ningún cliente coincide con estos filtros
customers-none-text = Revisa la ortografía o busca por ID de referencia.
customers-show-all = Ver todos los clientes
customers-platform-manual = Tienda manual
customers-platform-shopify = Shopify
customers-platform-etsy = Etsy
customers-platform-woocommerce = WooCommerce
customers-platform-pressero = Pressero
customers-platform-infigo = Infigo

## Crear y editar

customers-create = Crear cliente
customers-create-note = Después puedes activar su acceso a Storefronts en Configuración.
customers-create-submit = Crear
customers-name = Nombre
customers-name-help = Nombre del negocio, tal como debe aparecer en las órdenes de trabajo.
customers-reference-id = ID de referencia del cliente
customers-reference-help = Un identificador único de tu sistema. Pressero lo usa como ID de integración.
customers-description = Descripción
customers-save = Guardar
customers-edit = Editar

## Un cliente

customers-sections = Secciones del cliente
customers-overview = Resumen
customers-users = Usuarios
customers-settings = Configuración
customers-details = Datos
customers-next-title = Nadie de este cliente puede iniciar sesión todavía
customers-next-text = Activa el acceso a Storefronts e invita al administrador del cliente, que conectará las tiendas.
customers-invite-admin = Invitar al administrador del cliente
customers-in-production = En producción
customers-attention = Requieren atención
customers-attention-all = Ver todos
customers-attention-invitation = La invitación a { $email } no ha llegado
customers-orders-ever = Todos los pedidos
customers-change = { $percent } %
customers-orders-per-day = Pedidos por día
customers-today = Hoy
customers-chart-sentence = Pedidos por día, últimos 30 días: entre { $least } y { $most }, { $today } hoy
customers-chart-bar = { $orders ->
    [one] { $orders } pedido, { $date }
   *[other] { $orders } pedidos, { $date }
}
customers-switch = Acceso
customers-on = Activado
customers-off = Desactivado
customers-client-admin = Administrador del cliente

## Tiendas y pedidos de un cliente

customers-orders = Pedidos
customers-store = Tienda
customers-store-state = Conexión
customers-store-synced = Última sincronización
customers-store-never-synced = Todavía no
customers-stores-empty-title = Todavía no hay tiendas
customers-stores-empty-text = El administrador del cliente añade tiendas en Storefronts. Todas las de este cliente aparecen aquí.
customers-orders-empty-title = Todavía no hay pedidos
customers-orders-empty-text = Los pedidos aparecen aquí en cuanto una tienda de este cliente envía uno.
customers-orders-note = Primero los más recientes.
customers-orders-search = Buscar y filtrar en Pedidos
customers-orders-shown = { $orders ->
    [one] { $orders } pedido
   *[other] { $orders } pedidos
}
customers-order = Pedido
customers-recipient = Destinatario
customers-items = Artículos
customers-order-status = Estado
customers-received = Recibido

## Acceso a Storefronts

customers-access-switch = Permitir que este cliente inicie sesión en Storefronts
customers-access-switch-note = El administrador del cliente conecta tiendas, asigna productos e invita a sus compañeros. Si lo desactivas, se cierra la sesión de todos; no se borra nada.
customers-access-when-on = A quién se invita. Solo cuenta mientras el acceso está activado.
customers-access-note = Si cambias el correo, se envía una invitación nueva y la anterior deja de valer.
customers-access-note-new = La invitación se envía enseguida a esta dirección.
customers-access-note-active = Tiene efecto inmediato.
customers-admin-email = Correo electrónico
customers-admin-email-help = Es el nombre de usuario para iniciar sesión. Compruébalo bien: no se puede cambiar una vez aceptada la invitación.
customers-admin-email-fixed = Es el nombre de usuario para iniciar sesión. No se puede cambiar una vez aceptada la invitación.
customers-submit = Enviar
customers-resend = Reenviar
customers-revoke = Revocar
customers-accepted-title = { $name } aceptó la invitación el { $date }
customers-accepted-text = Último acceso: { $last }. Ahora el nombre y el idioma los cambia esa persona.
customers-revoke-invitation-title = ¿Revocar la invitación?
customers-revoke-invitation-text = El enlace enviado a { $email } deja de funcionar ahora. Más adelante puedes volver a invitar a la misma dirección.
customers-revoke-invitation = Revocar invitación
customers-revoke-access-title = ¿Revocar el acceso?
customers-revoke-access-text = Se cierra ahora la sesión de { $name }, que no podrá volver a entrar aquí. Las demás personas de este cliente siguen trabajando; si no hay otro administrador de la cuenta, nadie gestiona sus usuarios hasta que invites a uno. Para que no entre nadie, desactiva el acceso a Storefronts.
customers-revoke-access = Revocar acceso
customers-profile = Perfil
customers-history = Historial de invitaciones
customers-history-invited = Invitación de { $name }
customers-history-resent = Nueva invitación de { $name }
customers-history-somebody = alguien
customers-history-delivered = aceptada por el servidor de correo el { $time }
customers-history-refused = El servidor de correo rechazó la invitación
customers-history-accepted = Aceptada por { $name }
customers-history-expired = Caducada
customers-history-revoked = Revocada

## Hasta dónde ha llegado una invitación

invitation-sending-title = Enviando la invitación a { $email }
invitation-sending-words = Esperando al servidor de correo
invitation-retry = El servidor de correo aún no la ha aceptado: «{ $answer }» Próximo intento: { $time }.
invitation-soon = en breve
invitation-invitation-sent-title = Invitación enviada a { $email }
invitation-invitation-sent-text = El servidor de correo la aceptó el { $sent }. Aún no se ha aceptado; el enlace vale hasta el { $expires }. Si no está en la bandeja de entrada, pide a { $name } que revise la carpeta de spam.
invitation-expired-title = La invitación a { $email } ha caducado
invitation-expired-text = El enlace valía hasta el { $date }. Reenvíala o corrige la dirección.
invitation-delivery-failed-title = No se pudo entregar la invitación a { $email }
invitation-delivery-failed-text = El servidor de correo dice: «{ $answer }» Corrige la dirección o reenvíala.
invitation-delivery-failed-silent = El servidor de correo no respondió. Corrige la dirección o reenvíala.
invitation-revoked-title = Se revocó la invitación a { $email }
invitation-revoked-text = Su enlace ya no funciona. Puedes enviar otra.

## Archivar

customers-archive = Archivar cliente
customers-archive-menu = Archivar…
customers-archive-text = Los clientes archivados conservan sus pedidos y desaparecen de la lista. Nadie de ellos puede iniciar sesión.
customers-archive-question = ¿Archivar { $name }?
customers-archive-confirm = Se cierra ahora la sesión de todas las personas de este cliente y se revocan las invitaciones pendientes. Puedes restaurarlo más adelante.
customers-archived-since = Archivado el { $date }
customers-archived-text = Nadie de este cliente puede iniciar sesión. Restáuralo para volver a trabajar con él.
customers-restore = Restaurar

## Lo que se acaba de hacer

done-customer-created = { $name } creado
done-customer-saved = Guardado
done-customer-archived = Cliente archivado
done-customer-restored = Cliente restaurado
done-access-on = El acceso a Storefronts está activado
done-access-off = El acceso a Storefronts está desactivado. Se ha cerrado la sesión de todos
done-access-revoked = Acceso del administrador del cliente revocado
done-admin-invited = Invitando a { $email }
done-admin-promoted = { $email } es ahora el administrador del cliente
done-invitation-resent = Enviando una invitación nueva
done-invitation-revoked = Invitación revocada

## Problemas

problem-reference-taken = { $name } ya tiene este ID de referencia
problem-email-of-operator = Esta dirección es de un operador de la imprenta. Usa otra
problem-customer-archived = Este cliente está archivado. Restáuralo primero
problem-invitation-missing = No hay nadie invitado
problem-invitation-accepted = La invitación ya se ha aceptado
problem-invitation-sending = El correo de la última invitación aún está en camino
problem-invitations-to-person = A esta persona se le han enviado { $max } invitaciones en un día. Inténtalo mañana o pídele que mire en el correo no deseado
problem-invitations-to-customer = Se han enviado { $max } invitaciones en un día. Inténtalo mañana
problem-access-needed-to-invite = Con el acceso desactivado no se puede invitar a nadie. Actívalo para enviar la invitación
