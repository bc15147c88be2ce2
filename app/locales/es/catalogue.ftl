# El catálogo: productos, su formulario, importación y exportación CSV.

catalogue-title = Catálogo
catalogue-caption = Productos del catálogo por nombre
catalogue-create = Crear producto
catalogue-import = Importar
catalogue-export = Exportar
catalogue-search = Buscar nombre, UID o categoría
catalogue-product = Producto
catalogue-category = Categoría
catalogue-variants = Variantes
catalogue-areas = Áreas de impresión
catalogue-changed = Modificado
catalogue-created = Creado
catalogue-archived = Archivados
catalogue-not-archived = Sin archivar
catalogue-filter-search = Búsqueda: { $q }
catalogue-filter-category = Categoría: { $category }
catalogue-shown = { $count ->
    [one] 1 producto
   *[other] { $count } productos
}
catalogue-empty-title = El catálogo está vacío
catalogue-empty-text = Crea el primer producto o impórtalos todos desde un archivo CSV. Los clientes pueden pedir lo que haya aquí.
catalogue-none-match = Ningún producto coincide con «{ $q }»
catalogue-none-here = No hay ningún producto aquí
catalogue-none-text = Cambia la búsqueda o los filtros.
catalogue-show-all = Ver todos los productos

## Formulario

catalogue-save = Guardar producto
catalogue-uid = UID del producto
catalogue-uid-help = Los pedidos y los archivos CSV nombran el producto con él: letras, cifras, «-», «_» y «.»
catalogue-category-help = La comparten los productos de una misma clase, como Carteles
catalogue-name-en = Nombre en inglés
catalogue-name-es = Nombre en español
catalogue-min-quantity = Cantidad mínima
catalogue-max-quantity = Cantidad máxima
catalogue-max-quantity-help = Vacío: sin límite
catalogue-options = Opciones
catalogue-options-note = Lo que los clientes eligen. Cada combinación da una variante con su propio UID.
catalogue-no-options = Sin opciones, el producto tiene una sola variante con su propio UID.
catalogue-option-title = Opción { $number }
catalogue-add-option = Añadir opción
catalogue-areas-note = Dónde se imprime el producto y cómo debe ser un diseño. Los artículos en stock no tienen.
catalogue-no-areas = Sin áreas de impresión, el producto es un artículo en stock: se envía, no se imprime.
catalogue-area-title = Área de impresión { $number }
catalogue-add-area = Añadir área de impresión
catalogue-remove = Quitar { $title }
catalogue-key = Clave
catalogue-key-help = Vacío: se forma con el nombre en inglés
catalogue-values = Valores
catalogue-values-help = Uno por línea: A4. Con clave propia y los dos nombres: silk(Silk/Seda)
catalogue-size = Tamaño final
catalogue-size-help = Ancho x alto, sin sangrado
catalogue-bleed = Sangrado
catalogue-resolution = Resolución mínima
catalogue-pages = Páginas
catalogue-formats = Formatos admitidos

## Producto

catalogue-facts = En resumen
catalogue-variants-note = Los pedidos nombran el producto con uno de estos UID.
catalogue-variants-caption = Variantes en el orden de las opciones
catalogue-archived-badge = Archivado
catalogue-archive = Archivar producto
catalogue-archive-open = Archivar producto…
catalogue-archive-text = Los productos archivados ya no se pueden pedir. Los pedidos en producción siguen adelante.
catalogue-archive-question = ¿Archivar { $name }?
catalogue-archive-confirm = Sale del catálogo y los clientes no lo pueden pedir. Los pedidos que lo nombran siguen adelante. Puedes restaurarlo.
catalogue-archived-since = Archivado desde el { $date }
catalogue-archived-text = No se puede pedir.
catalogue-restore = Restaurar producto

## Lo que se acaba de hacer

done-product-created = Producto creado
done-product-saved = Producto guardado
done-product-archived = Producto archivado
done-product-restored = Producto restaurado
