# La página de inicio de Storefronts y los botones que comparten sus páginas.

dashboard-good-morning = Buenos días, { $name }
dashboard-good-afternoon = Buenas tardes, { $name }
dashboard-good-evening = Buenas noches, { $name }
dashboard-lede-new = Tu primer pedido está a unos pasos.
dashboard-lede-fine = Ningún pedido te necesita. Todo sigue su curso.
dashboard-lede-waiting = { $count ->
    [one] 1 pedido espera algo de ti. El resto sigue su curso.
   *[other] { $count } pedidos esperan algo de ti. El resto sigue su curso.
}
dashboard-place-order = Realizar pedido
dashboard-import = Importar
dashboard-look-only = Solo puedes mirar
dashboard-look-only-text = Con tu permiso puedes ver esto, pero no cambiarlo. El administrador de tu cuenta puede darte otro.

## Getting started

dashboard-get-started = Pon en marcha tu cuenta
dashboard-steps-done = { $done } de { $all } pasos
dashboard-steps-finished = { $count ->
    [one] 1 paso completado
   *[other] { $count } pasos completados
}
dashboard-step-store-title = Añade una tienda
dashboard-step-store-text = Conecta Shopify, Etsy o WooCommerce, o añade una manual: solo necesita un nombre.
dashboard-step-store-do = Añadir una tienda
dashboard-step-sync-title = Sincroniza sus productos
dashboard-step-sync-text = Empezamos solos en cuanto la tienda está conectada.
dashboard-step-sync-do = Ver la tienda
dashboard-step-connect-title = Conecta los productos
dashboard-step-connect-text = Di qué es en el catálogo y qué diseño lleva. Después sus pedidos avanzan solos.
dashboard-step-connect-left = { $count ->
    [one] Queda 1 producto de { $store } por conectar o ignorar.
   *[other] Quedan { $count } productos de { $store } por conectar o ignorar.
}
dashboard-step-connect-left-in-several = Quedan { $count } productos por conectar o ignorar, { $here } de ellos en { $store }.
dashboard-step-connect-do = Ver productos
dashboard-step-order-title = Realiza o importa un pedido
dashboard-step-order-text = Uno con el formulario o muchos desde un archivo CSV.
dashboard-step-order-do = Realizar pedido
dashboard-step-test-title = Haz un pedido de prueba
dashboard-step-test-text = Compra algo en tu propia tienda. Aparece aquí solo.
dashboard-step-test-do = Ver la tienda
dashboard-step-production-title = Síguelo hasta producción
dashboard-step-production-text = Comprobamos los diseños y empieza la producción.
dashboard-step-production-do = Ver pedidos
dashboard-step-shipped-title = Sale el primer paquete
dashboard-step-shipped-text = Encontrarás su seguimiento en el pedido.
dashboard-step-shipped-do = Ver pedidos

## Figures

dashboard-per-day = Pedidos por día
dashboard-last-days = Últimos { $days } días
dashboard-days-before = { $days } anteriores
dashboard-today = Hoy
dashboard-bar = { $count ->
    [one] 1 pedido, { $day }
   *[other] { $count } pedidos, { $day }
}
dashboard-chart-sentence = { $total ->
    [0] Ningún pedido en los últimos { $days } días.
    [one] 1 pedido en los últimos { $days } días.
   *[other] { $total } pedidos en los últimos { $days } días, como mucho { $most } en un día, { $today } hoy.
}
dashboard-orders-days = Pedidos, { $days } días
dashboard-change = { $change } %
dashboard-before-production = Antes de producción
dashboard-in-production = En producción
dashboard-on-the-way = En camino
dashboard-by-status = Pedidos por estado
dashboard-stores = Tiendas
dashboard-all-stores = Ver todas
dashboard-store-orders = { $count ->
    [one] 1 pedido en 30 días
   *[other] { $count } pedidos en 30 días
}

## Orders that wait

dashboard-attention = Pedidos que te necesitan
dashboard-attention-none = Ninguno. Cuando un pedido se detiene, aparece aquí con el motivo y lo que hay que hacer.
dashboard-see-all = { $count ->
    [one] Verlo
   *[other] Ver los { $count }
}
dashboard-order-for = { $order }, para { $recipient }
