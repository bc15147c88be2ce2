# Lo que se guarda de los compradores, en Storefronts y en la consola.

buyers-title = Datos de compradores
buyers-short = Compradores
buyers-lede = Un comprador puede pedir qué datos suyos se guardan y que se borren.
buyers-email = Correo del comprador
buyers-email-help = La dirección con la que hizo el pedido.
buyers-search = Consultar
buyers-none = No se guarda nada de { $email }
buyers-none-text = Ningún pedido tiene esta dirección. Los pedidos que una tienda envió sin correo, o con otro, se encuentran por nombre en Pedidos.
buyers-export = Descargar todo
buyers-export-note = El archivo contiene sus pedidos con direcciones, líneas, paquetes e historial, y cuándo informaron de ellos las tiendas.
buyers-orders = Pedidos
buyers-under-way = Aún en curso
buyers-first = Primer pedido
buyers-last = Último pedido
buyers-erase-later = { $orders ->
    [one] Un pedido sigue en curso
   *[other] { $orders } pedidos siguen en curso
}
buyers-erase-later-text = Lo que falta por enviar necesita su dirección. Borra los datos cuando esté enviado o cancelado.
buyers-erase = Borrar comprador
buyers-erase-text = Quita nombre, dirección, contacto y notas de todos los pedidos de este comprador. No se puede deshacer.
buyers-erase-menu = Borrar…
buyers-erase-question = ¿Borrar los datos de { $email }?
buyers-erase-confirm = { $orders ->
    [one] De un pedido se borra para quién era:
   *[other] De { $orders } pedidos se borra para quién eran:
 } nombre, dirección, correo, teléfono, notas, lo que se añadió a los productos y los mensajes de las tiendas. Se conservan: número de pedido, fechas, país, productos y cantidades, precios, archivos de diseño y paquetes con su seguimiento.

done-buyer-erased = { $orders ->
    [one] Comprador borrado de un pedido
   *[other] Comprador borrado de { $orders } pedidos
}

problem-buyer-orders-under-way = { $orders ->
    [one] Un pedido de este comprador sigue en curso. Borra los datos cuando esté enviado o cancelado
   *[other] { $orders } pedidos de este comprador siguen en curso. Borra los datos cuando estén enviados o cancelados
}
