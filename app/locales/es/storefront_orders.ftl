# Los pedidos como los ve su cliente y el formulario para realizarlos.

storefront-orders-caption = Pedidos, los más recientes primero
storefront-orders-order = Pedido
storefront-orders-for = Para
storefront-orders-store = Tienda
storefront-orders-items = Artículos
storefront-orders-items-shipped = Enviado: { $shipped } de { $items }
storefront-orders-status = Estado
storefront-orders-next = Siguiente paso
storefront-orders-received = Recibido
storefront-orders-reference = Tu referencia
storefront-orders-empty-look-only = Aparecerán aquí en cuanto alguien de tu empresa realice uno.

## What comes next

storefront-orders-next-draft = Sin enviar
storefront-orders-next-received = Lo comprobamos
storefront-orders-next-not-connected = Espera un producto
storefront-orders-next-on-hold = En espera
storefront-orders-next-pending-approval = Espera aprobación
storefront-orders-next-passed = Pasa a producción
storefront-orders-next-failed = Se ha detenido
storefront-orders-next-created = Espera su turno en producción
storefront-orders-next-in-production = Se está produciendo
storefront-orders-next-printed = Se va a empaquetar
storefront-orders-next-packaged = Espera al transportista
storefront-orders-next-shipped = Entregado al transportista
storefront-orders-next-in-transit = En camino
storefront-orders-next-delivered = Ha llegado
storefront-orders-next-returned = Ha vuelto
storefront-orders-next-cancelled = No se va a producir
storefront-orders-fix-give-design = Añade un diseño
storefront-orders-fix-correct-address = Corrige la dirección
storefront-orders-fix-edit-line = Cambia la línea
storefront-orders-fix-release = Reanúdalo
storefront-orders-fix-see = Ver el motivo
storefront-orders-settled = La producción ha empezado: los diseños y la dirección ya no pueden cambiar.

## Placing an order

storefront-orders-place-lede = Qué se imprime y adónde va.
storefront-orders-choose-store = Elige una tienda
storefront-orders-no-store-look-only = Cada pedido pertenece a una tienda. Un administrador de tu empresa puede añadir una.
storefront-orders-no-products = Todavía no hay nada que pedir
storefront-orders-no-products-text = { $company } aún no tiene productos en el catálogo. Vuelve cuando los haya.
storefront-orders-what-to-print = Qué imprimir
storefront-orders-another-line = Otro producto
storefront-orders-product-uid = UID { $uid }
storefront-orders-line = { $number } · { $product }
storefront-orders-remove-line = Quitar línea: { $product }
storefront-orders-quantity-between = De { $min } a { $max } piezas
storefront-orders-quantity-at-least = Al menos { $min } piezas
storefront-orders-area = Tamaño final { $width } × { $height } mm, { $pages }, al menos { $dpi } ppp, { $formats }
storefront-orders-area-bleed = Tamaño final { $width } × { $height } mm; archivo con { $bleed } mm de sangrado: { $file-width } × { $file-height } mm, { $pages }, al menos { $dpi } ppp, { $formats }
storefront-orders-area-pages = { $pages ->
    [one] 1 página
   *[other] { $pages } páginas
}
storefront-orders-design-upload = { $area }: archivo de diseño
storefront-orders-design-url = { $area }: o su dirección en la web
storefront-orders-designs-later = Sin diseño, el pedido espera hasta que se lo añadas.
storefront-orders-remove-file = Quitar archivo
storefront-orders-what-happens = Qué pasa después
storefront-orders-what-check = Comprobamos los diseños
storefront-orders-what-check-text = Tamaño, resolución y páginas. Si algo no encaja, lo verás en el pedido.
storefront-orders-what-produce = Empieza la producción
storefront-orders-what-produce-text = Hasta entonces puedes cambiar la dirección y los diseños.
storefront-orders-what-ship = Sale el paquete
storefront-orders-what-ship-text = Su seguimiento aparece en el pedido.

problem-designs-of-new-line = La línea está añadida. Dale sus diseños y realiza el pedido
