# Lo que lee en un pedido la gente de una tienda.

shop-remark-in-production = { $company } ha empezado a producir este pedido.
shop-remark-shipped = { $company } ha enviado este pedido.
shop-remark-delivered = El paquete de { $company } ha llegado.
shop-remark-cancelled = { $company } no producirá este pedido: se ha cancelado allí.
shop-remark-rest-cancelled = { $company } no enviará el resto de este pedido: { $lines }. Se ha cancelado allí.

# Lo que leen los compradores.

shop-parcel = Tu pedido está en camino con { $carrier }.
shop-parcel-part = Una parte de tu pedido está en camino con { $carrier }: { $lines }.
shop-parcel-tracking = Seguimiento: { $tracking }
