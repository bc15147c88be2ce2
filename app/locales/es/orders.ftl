# Pedidos, en las dos caras.

orders-title = Pedidos
orders-caption = Pedidos, los más recientes primero
orders-search = Busca número, nombre o correo
orders-status = Estado
orders-all = Todos
orders-attention = Requieren atención
orders-no-address = Sin dirección
orders-store = Tienda
orders-customer = Cliente
orders-platform = Plataforma
orders-from = Desde
orders-until = Hasta
orders-order = Pedido
orders-recipient = Destinatario
orders-recipient-erased = Borrado
orders-items = Artículos
orders-received = Recibido
orders-shipping-method = Método de envío
orders-export = Exportar CSV
orders-csv-reference = Referencia
orders-csv-reason = Motivo
orders-csv-shipped = Artículos enviados
orders-csv-order-id = ID del pedido
orders-csv-store-id = ID de la tienda
orders-views = Vistas guardadas
orders-save-view = Guardar vista
orders-save-view-note = Guarda la búsqueda y los filtros con un nombre, solo para ti.
orders-save-view-submit = Guardar vista
orders-change-views = Cambiar vistas
orders-view-name = Nombre de la vista
orders-rename-view = Cambiar nombre
orders-delete-view = Eliminar { $name }
orders-all-customers = Todos los clientes
orders-no-customer-called = Ningún cliente se llama «{ $words }»
orders-several-customers-called = Varios clientes coinciden con «{ $words }»
orders-place = Realizar pedido
orders-shown = { $count ->
    [one] 1 pedido
   *[other] { $count } pedidos
}
orders-shipped-of = Enviado: { $shipped } de { $quantity }
orders-of = de { $quantity }
orders-pack = { $pieces } piezas por unidad vendida
orders-quantity-in-pieces = En piezas, no en packs de { $pieces }
orders-cancelled-of = { $cancelled } de { $ordered } canceladas
orders-nothing-to-make = Nada que producir

## Plataformas

platform-manual = Tienda manual
platform-shopify = Shopify
platform-etsy = Etsy
platform-woocommerce = WooCommerce
platform-pressero = Pressero
platform-infigo = Infigo

## Filtros activos

orders-more-stores = Las { $shown } tiendas con los últimos pedidos. Filtra por cliente para ver otras.
orders-filter-search = Búsqueda: { $value }
orders-filter-status = Estado: { $value }
orders-filter-customer = Cliente: { $value }
orders-filter-store = Tienda: { $value }
orders-filter-from = Desde { $value }
orders-filter-until = Hasta { $value }

## Nada que mostrar

orders-empty-title = Aún no hay pedidos
orders-empty-text = Realiza el primero o importa un archivo con muchos.
orders-empty-text-operator = Aparecen aquí en cuanto un cliente realiza o importa uno.
orders-empty-no-store = Los pedidos pertenecen a una tienda. Añade una primero.
orders-no-manual-store = Aún no hay ninguna tienda que acepte pedidos a mano
orders-none-match = Nada coincide con «{ $q }»
orders-none-here = Ningún pedido coincide con estos filtros
orders-none-text = Prueba con otras palabras o con menos filtros.
orders-show-all = Ver todos los pedidos

## Un pedido

orders-progress = Progreso de la producción
orders-lede-operator = Recibido { $time } de { $customer }
orders-lede-client = Realizado { $time }, número { $number }
orders-newer = Pedido más reciente
orders-older = Pedido anterior
orders-aside = Envío, dirección y origen
orders-lines = Líneas
orders-item-count = { $count ->
    [one] 1 pieza
   *[other] { $count } piezas
}
orders-product = Producto
orders-quantity = Cantidad
orders-artwork = Diseño
orders-not-printed = No se imprime
orders-no-design = Sin diseño
orders-print-file = Archivo de impresión
orders-design-address = Dirección del diseño
orders-dpi = { $dpi } ppp
orders-pages = { $pages ->
    [one] 1 página
   *[other] { $pages } páginas
}
orders-give-design = Añadir diseño
orders-replace-design = Sustituir
orders-see-designs = Ir a los diseños
orders-see-lines = Ir a las líneas
orders-note = Nota
orders-origin = Origen
orders-reference = Pedido allí
orders-came-by = Llegó por
orders-source-form = Formulario
orders-source-csv = Importación CSV
orders-source-webhook = Webhook
orders-source-poll = Sincronización
orders-source-api = API
orders-release-hint = Puedes liberarlo tal como está.

## Pasos

orders-mark-passed = Marcar como validado
orders-mark-created = Pasar a producción
orders-mark-in-production = Empezar la producción
orders-mark-printed = Marcar como impreso
orders-mark-packaged = Marcar como empaquetado
orders-mark-in-transit = Marcar como en tránsito
orders-mark-delivered = Marcar como entregado
orders-mark-returned = Marcar como devuelto
orders-move-to = Mover las líneas elegidas a
orders-move-lines = Mover líneas
orders-hold = Poner en espera
orders-release = Liberar
orders-cancel = Cancelar pedido…
orders-cancel-title = Cancelar { $order }
orders-cancel-back = Volver
orders-cancel-at-shopify-text = Donde Shopify todavía lo permite, { $store } deja en espera, con una nota, lo que no va a llegar. No cancela ni reembolsa el pedido: hazlo allí para que el comprador recupere su dinero.
orders-cancel-at-woocommerce-text = { $store } cancela el pedido si se fabrica entero aquí; si no, recibe una nota. No reembolsa nada: hazlo allí para que el comprador recupere su dinero.
orders-cancel-at-woocommerce-rest-text = { $store } recibe una nota que dice qué no va a llegar. No lo cancela ni lo reembolsa: hazlo allí para que el comprador recupere su dinero.
orders-cancel-at-etsy-text = { $store } no se puede enterar: Etsy no ofrece ninguna forma de decírselo. Cancela y reembolsa el pedido allí para que el comprador recupere su dinero.
orders-cancel-rest-text = Lo que ya ha salido sigue enviado; del resto no se fabricará ni se enviará nada. No se puede deshacer.
orders-cancel-text = No se fabricará ni se enviará nada de él. No se puede deshacer.
orders-cancel-submit = Cancelar pedido
orders-stayed = { $count ->
    [one] 1 pedido no se movió
   *[other] { $count } pedidos no se movieron
}

## Envío

orders-shipment = Envío
orders-no-shipment = Aún no se ha enviado nada.
orders-no-method = Sin definir
orders-carrier = Transportista
orders-carrier-help = Se pidió: { $method }
orders-tracking = Número de seguimiento
orders-tracking-asked = { $store } puede rechazar el paquete sin número.
orders-tracking-url = Página de seguimiento
orders-no-tracking = Sin número de seguimiento
orders-follow = Seguir el paquete
orders-shipped-at = Enviado
orders-contents = Contenido
orders-ship = Enviar…
orders-ship-title = Enviar pedido
orders-ship-note = Deja fuera del paquete lo que irá más tarde.
orders-ship-whole = { $store } toma el primer paquete por el pedido entero.
orders-ship-whole-text = Marca el pedido como enviado y escribe al comprador, aunque el resto vaya más tarde. Envíalo todo junto si puedes.
orders-ship-submit = Enviar
orders-correct-tracking = Corregir seguimiento…
orders-correct-tracking-title = Corregir transportista y seguimiento
orders-correct-tracking-submit = Guardar
orders-correct-tracking-told = { $store } también lo sabrá.
orders-correct-tracking-untold = { $store } está pendiente de aviso sobre este paquete: recibirá lo que guardes aquí.
orders-correct-tracking-unclear = { $store } todavía no ha confirmado este paquete. Solo recibirá lo que guardes aquí si aún no lo conoce: compruébalo allí.
orders-correct-tracking-at-etsy = { $store } no lo sabrá: Etsy volvería a escribir al comprador. Escríbele tú desde allí.
orders-correct-tracking-mailed = El comprador recibe un aviso por correo.

## Dirección

orders-deliver-to = Entregar a
orders-buyer-erased = Datos del comprador borrados el { $date }
orders-edit = Editar
orders-edit-address-note = Todo esto va en el paquete: comprueba también el nombre, la empresa y el correo.
orders-edit-address = Corregir la dirección
orders-save-address = Guardar dirección
orders-saved-meanwhile = Guardado mientras tanto: { $value }
orders-saved-nothing = nada
orders-company = Empresa
orders-address-line1 = Calle y número
orders-address-line2 = Piso, puerta
orders-postcode = Código postal
orders-city = Ciudad
orders-region = Provincia o estado
orders-country = País
orders-choose-country = Elige un país
orders-email = Correo electrónico
orders-phone = Teléfono

## Diseños

orders-design-title = Diseño: { $area }
orders-design-file = Archivo de diseño
orders-design-note = PDF, PNG, JPEG o TIFF, hasta 200 MB
orders-design-let-pass = Liberado tal como está
orders-design-remarked = Comprobado, con un aviso
orders-design-url = O su dirección en la web
orders-design-submit = Guardar diseño

orders-design-next-attempt = Siguiente intento: { $time }.
orders-retry-design = Volver a descargar

orders-edit-line = Cambiar
orders-edit-line-title = Línea { $line }: producto y cantidad
orders-product-field-help = Escribe palabras de su nombre y elige.
orders-save-line = Guardar y continuar

## Realizar un pedido

orders-place-order = Pedido
orders-place-delivery = Entrega
orders-your-reference = Tu referencia
orders-your-reference-help = Cómo llamas tú a este pedido. Si lo dejas vacío, inventamos una.
orders-line-number = Línea { $number }
orders-add-line = Añadir línea
orders-shipping-method-help = Déjalo vacío para el habitual.

## Registro

orders-timeline = Registro de eventos
orders-event-received = Pedido recibido
orders-event-status-order = { $status }
orders-event-status-line = Línea { $line }: { $status }
orders-event-shipped = { $pieces ->
    [one] 1 pieza entregada a { $carrier }
   *[other] { $pieces } piezas entregadas a { $carrier }
}
orders-event-file-checked = Línea { $line }: el diseño se puede imprimir
orders-event-file-refused = Línea { $line }: el diseño no se puede imprimir
orders-event-tracking-corrected = Transportista o seguimiento corregidos
orders-corrected = { $what }: { $from } → { $to }
orders-event-edited-order = Dirección cambiada
orders-event-edited-line = Línea { $line }: diseño nuevo
orders-event-fetched-again = Línea { $line }: diseño descargado de nuevo
orders-event-corrected-line = Línea { $line }: producto o cantidad corregidos
orders-event-changed-at-store-order = Modificado en la tienda
orders-event-changed-at-store-line = Línea { $line }: modificada en la tienda
orders-event-rest-cancelled = { $pieces ->
    [one] Línea { $line }: cancelada la última pieza
   *[other] Línea { $line }: canceladas las otras { $pieces } piezas
}
orders-event-line-taken-back = Línea { $line }: se hace de todas formas
orders-event-let-pass = Liberado tal como está
orders-event-buyer-erased = Datos del comprador borrados
orders-changed-line-added = Añadido: { $quantity } × { $title }
orders-changed-line-removed = Quitado: { $title }
orders-changed-quantity = { $to ->
    [one] { $title }: { $from } → { $to } pieza
   *[other] { $title }: { $from } → { $to } piezas
}
orders-changed-product = { $to } en lugar de { $from }
orders-changed-properties = { $title }: lo que escribió el comprador
orders-changed-held = { $title }: retenido o liberado
orders-changed-address = Dirección
orders-changed-contact = Correo o teléfono
orders-changed-shipping-method = Método de envío
orders-changed-note = Nota
orders-changed-state = Estado: { $state }
orders-changed-more = { $count ->
    [one] y un cambio más
   *[other] y { $count } cambios más
}
orders-event-line-ignored = Línea { $line }: no se hace aquí, por una decisión sobre su producto

## Lo que se acaba de hacer

done-order-placed = Pedido realizado
done-order-already-placed = Este pedido ya estaba realizado. Para hacer otro, empieza un formulario nuevo
done-order-moved = Pedido movido
done-order-shipped = Envío guardado
done-tracking-corrected = Transportista y seguimiento guardados
done-order-held = Pedido en espera
done-order-released = Pedido liberado
done-order-cancelled = Pedido cancelado
done-address-saved = Dirección guardada
done-design-given = Diseño guardado. Ahora lo revisamos
done-line-saved = Línea guardada
done-view-saved = Vista guardada
done-view-renamed = Nombre de la vista cambiado
done-view-deleted = Vista eliminada
done-orders-moved = { $count ->
    [one] 1 pedido movido
   *[other] { $count } pedidos movidos
}
done-orders-moved-some = { $count ->
    [one] 1 pedido movido
   *[other] { $count } pedidos movidos
}; otros se quedaron

## Lo que está mal

problem-design-missing = Falta un diseño. Añádelo y el pedido seguirá adelante
problem-template-not-connected = Esa variante tampoco está conectada. Elige otra
problem-write-not-failed = La tienda ya lo sabe
problem-address-missing = Falta la dirección. Complétala y el pedido seguirá
problem-access-holds-order = El acceso a Storefronts está desactivado. Actívalo y el pedido seguirá
problem-design-required = Elige un archivo o escribe su dirección
problem-nothing-selected = Primero selecciona algo
problem-nothing-to-hold = Ya no se puede poner en espera nada de este pedido
problem-nothing-to-release = Este pedido no está en espera
problem-parcel-empty = Indica cuántas piezas van en este paquete
problem-nothing-to-ship = No queda nada por enviar
problem-order-already-there = Esto ya está hecho
problem-order-changed = Alguien ha cambiado este pedido mientras tanto. Míralo de nuevo
problem-product-still-ignored = Su producto se ignora. Deja de ignorarlo primero, en los productos de la tienda
problem-address-changed = Alguien ha cambiado esta dirección mientras tanto. Compárala con lo que has escrito y guarda otra vez
problem-line-changed = Alguien ha cambiado esta línea mientras tanto. Compárala con lo que has escrito y guarda otra vez
problem-order-not-shipped = Todavía no se ha enviado. Envíalo primero
problem-order-in-production = La producción ha empezado; esto ya no puede cambiar
problem-order-reference-taken = La tienda tiene otro pedido con esta referencia
problem-order-shipped = Este pedido ya se ha enviado entero; no se puede cancelar
problem-order-stopped = Este pedido está detenido. Corrígelo o libéralo primero
problem-shipment-needed = Envía este pedido desde su propia página: necesita un transportista
problem-status-not-possible = Este paso no sigue a donde está ahora el pedido
problem-store-takes-no-orders = Esta tienda no acepta pedidos a mano
problem-too-many-files = Envía como máximo { $max } archivos a la vez
problem-too-many-lines = Usa como máximo { $max } líneas
problem-view-name-taken = Otra de tus vistas ya tiene este nombre
problem-too-many-views = Ya tienes { $max } vistas. Elimina una antes
problem-too-many-selected = Selecciona como máximo { $max }
