# Lo que venden las tiendas en línea y cómo se conecta con el catálogo.

products-title = Productos
products-caption = Productos por título
products-search = Buscar producto o SKU
products-product = Producto
products-sku = SKU
products-connection = Conexión
products-variants = Variantes
products-listing = En la tienda
products-actions = Acciones
products-all = Todos
products-gone = Ya no están
products-every-listing = En la tienda
products-sort-title = Por título
products-sort-title-descending = Por título, primero la Z
products-sort-newest = Primero los nuevos
products-listing-published = Publicado
products-listing-draft = Borrador
products-listing-archived = Archivado
products-partly = { $connected } de { $variants } conectadas
products-export = Exportar CSV
products-shown = { $count ->
    [one] 1 producto
   *[other] { $count } productos
}
products-show-all = Ver todos los productos

## Aquí no hay nada

products-empty-title = Todavía no hay productos
products-empty-text = Sincroniza los productos para ver qué vende la tienda. Después conecta cada uno con lo que se imprime.
products-empty-look-only = Aparecen aquí en cuanto alguien sincroniza la tienda.
products-none-match = Nada coincide con «{ $q }»
products-none-here = Ningún producto coincide con estos filtros
products-none-text = Prueba con otras palabras o con menos filtros.

## Un producto

products-about = Sobre este producto
products-variant = Variante
products-variants-caption = Variantes en el orden de la tienda
products-price = Precio en la tienda
products-made-of = Se hace con
products-nothing-assigned = Sin asignar
products-variant-gone = Ya no está en la tienda
products-gone-since = Ya no está desde
products-not-sent = La tienda no envía nada por ella, así que no se imprime
products-ignored-with-product = Se ignora el producto entero
products-make-printable = Hacerla imprimible
products-decided-by = Por { $name }
products-how-by-person = Lo eligió una persona
products-how-exact-uid = El SKU es el UID del producto
products-how-known-sku = El SKU es conocido
products-how-title = El título es el mismo
products-id = ID en la tienda
products-at-store = Página
products-open = Abrir en la tienda
products-changed = Último cambio
products-change = Cambiar
products-design-refused = Diseño rechazado
products-replace-design = Sustituir el diseño
products-connect = Conectar producto
products-ignore = Ignorar producto
products-ignore-selected = Ignorar los seleccionados
products-ignore-variant = Ignorar { $variant }
products-ignore-this-variant = Ignorar esta variante
products-take-back = Dejar de ignorar
products-disconnect = Desconectar
products-disconnect-title = Desconectar variante
products-disconnect-text = Los pedidos nuevos esperan hasta que la conectes otra vez. Los anteriores conservan lo que tienen.
products-orders-wait = { $orders ->
    [one] 1 pedido espera por esto
   *[other] { $orders } pedidos esperan por esto
}
products-orders-wait-text = Los pedidos que esperan siguen solos en cuanto conectes o ignores lo que falta.

## Conectar

products-connect-title = Conectar «{ $variant }»
products-connect-lede = Elige qué se imprime cuando alguien lo compra.
products-connect-lede-sku = Elige qué se imprime cuando alguien lo compra. SKU { $sku }
products-catalogue-product = 1. Producto del catálogo
products-specification = 2. Especificaciones de impresión
products-design = 3. Diseño
products-design-alike = Los tamaños que se piden son los mismos para todas las combinaciones de este producto. Si la tuya es mayor, haz mayor también el archivo.
products-pick-note = Elige con qué se hace.
products-pick-another = Elegir otro
products-pick-none = Nada del catálogo coincide
products-pick-none-text = Prueba con otras palabras o con otra categoría.
products-search-catalogue = Buscar en el catálogo
products-category = Categoría
products-combinations = { $count ->
    [one] 1 combinación
   *[other] { $count } combinaciones
}
products-choose = Elige
products-uid = UID del producto
products-pieces = Piezas por unidad vendida
products-pieces-help = 1, salvo que la tienda lo venda en packs: 10 para un pack de 10. Los pedidos anteriores conservan sus piezas.
products-not-printed = Este producto sale del almacén. No lleva diseño.
products-design-formats = { $formats }, hasta 200 MB
products-design-or-url = En lugar de un archivo: lo descargamos de ahí.
products-design-replace = { $area }: otro archivo de diseño
products-design-keep = Deja los dos vacíos para conservar el diseño que hay.
products-preview = Vista previa
products-preview-of = { $area } con la línea de corte
products-preview-legend = Lo que queda fuera de la línea se corta. Deja lo importante dentro de la línea discontinua.
products-connect-alike = { $count ->
    [one] Conectar otra variante que espera
   *[other] Conectar otras { $count } variantes que esperan
}
products-connect-alike-note = Cada una con lo que dicen sus propias opciones; el resto, las piezas y el diseño, como los elijas aquí.
products-connect-alike-left = Se quedan como están, porque sus opciones no coinciden con nada de este producto: { $variants }
products-connect-alike-more = y { $count } más
products-connect-submit = Conectar
products-connect-next = Conectar y seguir

## Conexión automática

products-match = Conexión automática
products-match-title = Conexión automática de productos
products-match-lede = Lo que dicen tus SKU y tus títulos. No se conecta nada hasta que tú lo digas.
products-match-result = Resultado
products-match-suggestion = Propuesta
products-match-why = Por qué
products-match-connects = Se pueden conectar
products-match-connects-note = Toman el diseño de una variante ya conectada o no lo necesitan.
products-match-design-needed = Falta el diseño
products-match-design-needed-note = Sabemos qué son. Da un diseño a cada una.
products-match-ambiguous = Ambiguas
products-match-ambiguous-note = Pueden ser varias cosas o packs de distinto tamaño: elige tú.
products-match-nothing = Sin propuesta
products-match-nothing-note = Ni el SKU ni el título dicen qué son.
products-match-none = No queda nada por conectar
products-match-none-text = Todos los productos están conectados o ignorados.
products-match-group-empty = No hay ninguno de estos
products-match-range = { $first }–{ $last } de { $all }
products-match-orders = { $orders ->
    [one] 1 pedido las espera y sigue adelante cuando estén todas conectadas
   *[other] { $orders } pedidos las esperan y siguen adelante cuando estén todas conectadas
}
products-match-connect-selected = Conectar las seleccionadas
products-match-connect-all = { $count ->
    [one] Conectarla
   *[other] Conectar las { $count }
}

## Lo que se acaba de hacer

done-variants-connected = { $variants ->
    [one] Variante conectada
   *[other] { $variants } variantes conectadas
}{ $orders ->
    [0] {""}
    [one] {". "}1 pedido sigue adelante
   *[other] {". "}{ $orders } pedidos siguen adelante
}
done-variants-connected-others-left = { $variants ->
    [one] Variante conectada
   *[other] { $variants } variantes conectadas
}{ $orders ->
    [0] {""}
    [one] {". "}1 pedido sigue adelante
   *[other] {". "}{ $orders } pedidos siguen adelante
}. Se quedan como están: { $left }
done-variant-taken-back = La variante espera a que la conectes
done-variant-ignored = Variante ignorada{ $orders ->
    [0] {""}
    [one] {". "}1 pedido sigue sin ella
   *[other] {". "}{ $orders } pedidos siguen sin ella
}
done-product-ignored = Producto ignorado{ $orders ->
    [0] {""}
    [one] {". "}1 pedido sigue sin él
   *[other] {". "}{ $orders } pedidos siguen sin él
}
done-products-ignored = { $products ->
    [one] Producto ignorado
   *[other] { $products } productos ignorados
}{ $orders ->
    [0] {""}
    [one] {". "}1 pedido sigue adelante sin lo ignorado
   *[other] {". "}{ $orders } pedidos siguen adelante sin lo ignorado
}{ $left ->
    [0] {""}
    [one] {". "}1 producto no se pudo ignorar. Inténtalo de nuevo
   *[other] {". "}{ $left } productos no se pudieron ignorar. Inténtalo de nuevo
}
done-product-taken-back = El producto ya no se ignora
done-variant-disconnected = La variante ya no está conectada
done-matches-connected = { $variants ->
    [0] No se ha conectado nada
    [one] 1 variante conectada
   *[other] { $variants } variantes conectadas
}{ $orders ->
    [0] {""}
    [one] {". "}1 pedido que esperaba sigue adelante
   *[other] {". "}{ $orders } pedidos que esperaban siguen adelante
}

## Lo que está mal

problem-combination-not-made = Esta combinación no se hace. Elige otra
problem-product-not-ignored = Este producto no se ignora
products-filter-connection = Conexión
products-filter-listing = En la tienda
products-filter-gone = Ya no están
products-filter-sort = Orden
