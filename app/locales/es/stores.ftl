# Tiendas: de dónde vienen los pedidos de un cliente.

stores-title = Tiendas
stores-connect = Conecta una tienda
stores-manual = Tienda manual
stores-manual-note = Sin tienda online o para pedidos recurrentes
stores-yours = Tus tiendas
stores-caption = Tiendas por nombre
stores-store = Tienda
stores-connection = Conexión
stores-attention = Requieren atención
stores-attention-of = { $count ->
    [one] 1 pedido de { $store } requiere atención
   *[other] { $count } pedidos de { $store } requieren atención
}
stores-in-production = En producción
stores-on-the-way = En camino
stores-orders-30-days = Pedidos, 30 días
stores-actions = Acciones
stores-added = { $platform }, añadida el { $date }
stores-latest-orders = Últimos pedidos
stores-all-orders = Ver todos los pedidos de esta tienda

## Adding and renaming

stores-add-manual = Añadir tienda manual
stores-add-note = Para pedidos recurrentes o sin tienda online.
stores-name = Nombre de la tienda
stores-name-help = Después podrás usar Realizar pedido e Importar con esta tienda.
stores-name-example = Pedidos directos
stores-create = Crear tienda
stores-rename = Cambiar nombre

## Nothing here yet

stores-none-title = Aún no hay tiendas
stores-none-look-only = Un administrador de tu empresa puede añadir una.
stores-no-orders-title = Aún no hay pedidos en esta tienda
stores-no-orders-text = Realiza el primero con el formulario o importa muchos desde un archivo CSV.
stores-no-orders-look-only = Aparecerán aquí en cuanto alguien realice uno.

## Las páginas de una tienda online

stores-new = Nueva
stores-sections = Secciones de la tienda
stores-overview = Resumen
stores-products = Productos
stores-orders = Pedidos
stores-settings = Configuración
stores-more = Más
stores-reconnect = Reconectar
stores-reconnect-ask = La puede reconectar un administrador de tu empresa.
stores-see-products = Ver productos

## Sincronizaciones

stores-sync-products = Sincronizar productos
stores-syncing = Sincronizando…
stores-sync-now = Sincronizar pedidos ahora
stores-sync-now-note = Llegan solos; esto los pide al momento
stores-sync-orders = Sincronizar pedidos
stores-orders-from = Sincronizar pedidos desde una fecha
stores-orders-from-note = Para pedidos anteriores a la conexión de la tienda. Ninguno entra dos veces.
stores-orders-placed-since = Realizados desde
stores-sync-under-way = Sincronizaciones en curso
stores-reading-products = Sincronizando productos
stores-reading-orders = Sincronizando pedidos
stores-sync-stop = Detener
stores-sync-stopping = Deteniéndose…
stores-runs = Últimas sincronizaciones
stores-run-products = Productos
stores-run-orders = Pedidos
stores-found-new = { $count ->
    [one] { $count } nuevo
   *[other] { $count } nuevos
}
stores-found-changed = { $count ->
    [one] { $count } cambiado
   *[other] { $count } cambiados
}
stores-found-unchanged = { $count } sin cambios
stores-found-gone = { $count } que ya no están en la tienda
stores-found-not-wanted = { $count } sin ningún producto conectado
stores-found-passed-over = { $count } de antes de conectar
stores-found-not-seen = { $count } sin aparecer
stores-found-unreadable = { $count } que no se pueden leer
stores-found-nothing = nada nuevo

## Estado

stores-health = Estado de la conexión
stores-health-products = Productos sincronizados
stores-health-orders = Pedidos sincronizados
stores-health-never = Todavía no
stores-health-reading = { $last }, la próxima a las { $next }
stores-health-webhooks = Webhooks
stores-health-webhooks-fine = { $count ->
    [one] 1 configurado
   *[other] { $count } configurados
}
stores-health-webhooks-missing = { $count ->
    [one] 1 no se ha podido configurar; mientras tanto preguntamos a la tienda cada pocos minutos
   *[other] { $count } no se han podido configurar; mientras tanto preguntamos a la tienda cada pocos minutos
}
stores-health-webhooks-unknown = Configurándose
stores-health-webhooks-none = Ninguno: la tienda está desconectada
stores-health-webhooks-by-application = Esta plataforma los envía sin configurarlos
stores-health-last-webhook = Último webhook
stores-health-token = Acceso
stores-health-token-lasts = Válido, no caduca
stores-health-token-renewed = Válido hasta el { $time }, se renueva solo
stores-health-token-refused = La tienda lo rechaza
stores-health-token-none = Borrado
stores-health-pace = Peticiones
stores-health-pace-fine = Dentro de lo que permite la tienda
stores-health-pace-slow = La tienda nos pide ir más despacio
stores-health-pace-low = Quedan pocas hoy para todas nuestras tiendas en esta plataforma: leemos con menos frecuencia
stores-health-restriction = Restringido
stores-addresses-withheld = { $platform } no nos da las direcciones de tus compradores
stores-addresses-withheld-by-hand = Los pedidos llegan sin dirección y esperan. Cópiala de { $platform } y escríbela en el pedido: entonces sigue adelante.
stores-tracking-withheld = { $platform } no nos deja marcar tus pedidos como enviados
stores-tracking-withheld-by-hand = Copia el número de seguimiento de cada paquete desde su pedido aquí e introdúcelo tú en { $platform }.
stores-health-connected = Conectada
stores-health-failing-since = Desde { $time }
stores-not-reached = Sin acceso
stores-not-reached-since = Sin acceso desde el { $time }.
stores-next-try = Próximo intento a las { $time }.
stores-next-try-now = Se está intentando de nuevo ahora.
stores-try-now = Intentar ahora

## Situaciones

stores-connected-now = { $store } está conectada
stores-connected-now-text = Sus productos se están sincronizando. Después conéctalos al catálogo y sus pedidos pasarán solos a producción.
stores-connected-now-synced = Sus productos ya están aquí. Conéctalos al catálogo y sus pedidos pasarán solos a producción.
stores-reconnected-now = { $store } vuelve a estar conectada
stores-reconnected-now-text = Sus productos, sus conexiones y sus pedidos siguen como estaban. Lo que pasó mientras tanto se está sincronizando.
stores-pause = Pausar
stores-pause-note = No se sincroniza nada hasta que la reanudes
stores-resume = Reanudar
stores-paused = Esta tienda está en pausa
stores-paused-text = No leemos nada de ella ni le comunicamos nada. Lo que nos envía se guarda hasta que la reanudes.
stores-disconnected = Esta tienda está desconectada
stores-disconnected-text = Sus productos, sus conexiones y sus pedidos siguen aquí. Reconéctala y sigue donde lo dejó.
stores-disconnect = Desconectar
stores-disconnect-menu = Desconectar…
stores-disconnect-title = ¿Desconectar { $store }?
stores-disconnect-stops = Dejan de entrar pedidos y ya no se comunican envíos a la tienda.
stores-disconnect-stays = El historial se conserva: productos, conexiones y pedidos. Puedes reconectar la misma tienda cuando quieras.

## Configuración y pedidos

stores-import-unconnected = Importar pedidos con productos sin conectar
stores-import-unconnected-note = Esperan hasta que conectes el producto. Desactivado: los pedidos sin ningún producto conectado no entran.
stores-ready-statuses = Estados del pedido listos para producción
stores-ready-statuses-help = Como los llama WooCommerce, separados por comas: processing, on-hold. Los pedidos en cualquier otro estado esperan.
stores-plug-in-statuses = Un plugin de la tienda tiene estados propios
stores-plug-in-statuses-note = Márcalo para escribir otros que los de WooCommerce. No podemos comprobar cómo se escriben: los pedidos cuyo estado no coincida se quedan esperando indefinidamente.
stores-ready-when-paid = Los pedidos están listos para producción en cuanto se pagan.
stores-location = Ubicación cuyos pedidos hacemos
stores-location-all = Todas las ubicaciones
stores-location-help = Lo que Shopify envía desde otra ubicación no se hace aquí. Los pedidos que esperan se leen de nuevo.
stores-hold-personalised = Retener las líneas con texto o imagen del comprador
stores-hold-personalised-note = Esperan a que alguien las mire. El diseño del producto conectado no muestra lo que añadió el comprador. Los productos de almacén no se imprimen: sus líneas no se retienen.
stores-notify-buyers = Dejar que la tienda avise a los compradores de los envíos
stores-notify-buyers-note = Donde la plataforma nos deja elegir.
stores-webhooks-note = Con ellos la tienda nos avisa al momento de pedidos y productos. Los revisamos cada hora y los reparamos.
stores-webhooks-checked = Última revisión
stores-save-settings = Guardar configuración
stores-no-orders-online = Aparecen aquí solos en cuanto alguien compra en la tienda.
stores-orders-note = Los más nuevos primero
stores-orders-search = Buscar y filtrar
stores-last-sync = Última sincronización
stores-connected-products = Productos conectados
stores-connected-of = { $connected } de { $all }

## What was just done

done-store-created = Tienda { $name } creada
done-store-renamed = Nombre de la tienda cambiado
done-store-paused = Tienda en pausa
done-store-resumed = Tienda reanudada. Se está sincronizando
done-store-disconnected = Tienda desconectada. Su historial sigue aquí
done-store-settings-saved = Configuración guardada
done-orders-sync-started = Los pedidos se están sincronizando
done-store-tried = Se está intentando de nuevo con la tienda
done-sync-stopped = Sincronización detenida. Lo que se leyó se conserva

## What is wrong

problem-store-name-taken = Otra de tus tiendas ya tiene este nombre
problem-store-asked-to-wait = { $minutes ->
    [one] La plataforma de la tienda no acepta más peticiones por ahora. Le preguntaremos de nuevo en 1 minuto
   *[other] La plataforma de la tienda no acepta más peticiones por ahora. Le preguntaremos de nuevo en { $minutes } minutos
}
problem-store-not-connected = La tienda no está conectada ahora. Vuelve a conectarla primero
problem-store-not-paused = La tienda no está en pausa
problem-store-not-online = Es una tienda manual: no hay nada que sincronizar ni desconectar
problem-shopify-shop-invalid = Escribe el nombre de la tienda o su dirección en myshopify.com
problem-store-not-usable = { $why }
problem-store-status-invalid = Escribe los estados como los llama WooCommerce, en minúsculas y con una coma entre uno y otro
problem-store-status-mistyped = WooCommerce no tiene el estado «{ $status }». ¿Querías decir «{ $meant }»? Si lo tiene un plugin, indícalo abajo.
problem-store-status-unknown = WooCommerce no tiene el estado «{ $status }», sino estos: { $known }. Si lo tiene un plugin, indícalo abajo.
problem-consumer-key-invalid = Una Consumer Key empieza por ck_ y solo tiene letras y cifras. Cópiala entera
problem-consumer-secret-invalid = Un Consumer Secret empieza por cs_ y solo tiene letras y cifras. Cópialo entero
problem-date-ahead = Ese día aún no ha llegado
problem-date-invalid = Escribe una fecha como 2026-11-21
