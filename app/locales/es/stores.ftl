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
stores-none-text = Cada pedido pertenece a una tienda. Añade una tienda manual para realizarlos e importarlos.
stores-none-look-only = Un administrador de tu empresa puede añadir una.
stores-no-orders-title = Aún no hay pedidos en esta tienda
stores-no-orders-text = Realiza el primero con el formulario o importa muchos desde un archivo CSV.
stores-no-orders-look-only = Aparecerán aquí en cuanto alguien realice uno.

## What was just done

done-store-created = Tienda { $name } creada
done-store-renamed = Nombre de la tienda cambiado

## What is wrong

problem-store-name-taken = Otra de tus tiendas ya tiene este nombre
problem-store-not-connected = La tienda no está conectada ahora. Vuelve a conectarla primero
problem-store-not-paused = La tienda no está en pausa
problem-store-not-online = Es una tienda manual: no hay nada que sincronizar ni desconectar
problem-shopify-shop-invalid = Escribe el nombre de la tienda o su dirección en myshopify.com
