# Lo que dice la tienda de un pedido y lo que se le comunica.

orders-connect-product = Conectar producto
orders-ignore = Ignorar…
orders-ignore-title = Ignorar este artículo
orders-ignore-where = ¿Dónde?
orders-ignore-line = Solo este pedido
orders-ignore-line-note = Los demás pedidos siguen esperando. Si no queda nada más por hacer, este pedido se cancela aquí.
orders-ignore-variant = Esta variante, en todos los pedidos
orders-ignore-variant-note = Los pedidos que esperan siguen sin ella, y también los que lleguen. Los que no tengan nada más por hacer se cancelan aquí.
orders-ignore-product = El producto entero, en todos los pedidos
orders-ignore-product-note = Todas sus variantes, también las que lleguen. Los pedidos que no tengan nada más por hacer se cancelan aquí.
orders-ignore-submit = Ignorar
orders-ignored-digital = No se hace aquí: no se envía nada
orders-ignored-nothing-left = No se hace: retirado o reembolsado en la tienda
orders-ignored-variant = No se hace aquí: la variante se ignora
orders-ignored-product = No se hace aquí: el producto se ignora
orders-ignored-line = No se hace aquí: ignorado en este pedido

orders-at-store = En la tienda
orders-number-at-store = Pedido allí
orders-id-at-store = ID allí
orders-state-at-store = Estado allí
orders-total = Total
orders-placed-at-store = Realizado
orders-changed-at-store = Cambiado allí
orders-read-from-store = Leído
orders-test = Prueba
orders-at-store-waiting = Espera allí
orders-at-store-ready = Listo para hacerse
orders-at-store-fulfilled = Enviado
orders-at-store-cancelled = Cancelado
orders-cancelled-there = Cancelado en la tienda el { $time }
orders-cancelled-there-badge = Cancelado en la tienda
orders-cancelled-there-made = { $count ->
    [one] 1 pieza ya está en producción.
   *[other] { $count } piezas ya están en producción.
}
orders-cancelled-there-left = { $count ->
    [one] 1 pieza se ha enviado.
   *[other] { $count } piezas se han enviado.
}
orders-cancelled-there-nothing = Aquí no se produce ni se envía nada de él.
orders-cancelled-there-decide = Cancela el pedido también aquí o libéralo para que siga.
orders-cancelled-there-goes-on = La producción sigue: cancela el pedido también aquí si no debe seguir.
orders-sent-there = Según la tienda, otra persona ya ha enviado este pedido
orders-sent-there-decide = Cancela lo que queda aquí o libéralo si quieres enviarlo de todos modos.
orders-sent-there-goes-on = Lo que envíes ahora se enviará por segunda vez. Cancélalo si no es lo que quieres.
orders-sent-there-badge = Enviado por la tienda
orders-although-sent = Enviarlo por segunda vez
orders-although-sent-note = Según la tienda, otra persona ya ha enviado este pedido.
problem-sent-already = Confirma que quieres enviarlo por segunda vez
orders-changed-too-late = La tienda cambió este pedido después de empezar la producción
orders-changed-too-late-text = Decide si sigue como está. Después libéralo o cancélalo.
orders-changed-too-late-quantity-text = Aplica las cantidades que quiere ahora la tienda, libera el pedido para que siga como está o cancélalo.
orders-untold = No se pudo informar a la tienda
orders-store-paused = Esta tienda está en pausa: no se ven los cambios que hay en ella
orders-store-needs-reauthorisation = Hay que volver a conectar esta tienda: no se ven los cambios que hay en ella
orders-take-over = Aplicar el cambio de la tienda
done-change-taken-over = Se producen las cantidades que quiere la tienda
problem-nothing-to-take-over = La tienda no quiere otras cantidades de lo que está detenido aquí
orders-late-gone = Línea { $line }: retirada allí
orders-late-wanted = Línea { $line }: ahora quiere { $quantity } × { $title }
orders-late-address = Allí ahora va a otra dirección: { $address }

orders-told = Comunicado a la tienda
orders-told-note = Lo que sabe { $store } de este pedido.
orders-told-in-production = En producción
orders-told-shipped = Enviado
orders-told-shipped-parcel = Paquete { $parcel } enviado
orders-told-delivered = Entregado
orders-told-delivered-parcel = Paquete { $parcel } entregado
orders-told-cancelled = Cancelado
orders-told-rest-cancelled = Resto cancelado
orders-told-retry = Reintentar

storefront-orders-fix-connect = Conectar el producto

done-line-ignored = Ignorado en este pedido
done-write-retried = Se comunica otra vez a la tienda
orders-take-back = Hacerlo de todas formas…
orders-take-back-title = Hacer este artículo de todas formas
orders-take-back-text = Vuelve a contar en este pedido y, si no está conectado, espera a que lo conectes. Los demás pedidos se quedan como están.
orders-take-back-submit = Hacerlo
done-line-taken-back = Vuelve a contar en este pedido
