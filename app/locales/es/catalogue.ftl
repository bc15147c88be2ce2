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
catalogue-uid-help = Los pedidos y los archivos CSV nombran el producto con él: minúsculas, cifras, guiones, guiones bajos y puntos; empieza por una letra o una cifra.
catalogue-category-help = La comparten los productos de una misma clase. Para los dos idiomas: Posters/Carteles
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
catalogue-areas-note = Dónde se imprime el producto y cómo debe ser un diseño, igual para todas las combinaciones: si un tamaño necesita otro archivo, crea para él un producto aparte. Los artículos en stock no tienen ninguna.
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

## Importación: el formulario

catalogue-import-title = Importar productos
catalogue-import-lede = Crea y cambia muchos productos a la vez con un archivo CSV: una fila por producto.
catalogue-file-title = Elige un archivo
catalogue-file-note = Parte de la plantilla o de una exportación del catálogo. El separador y la codificación se detectan.
catalogue-template = Descargar plantilla
catalogue-template-file = plantilla-catalogo.csv
catalogue-file = Archivo CSV
catalogue-file-limits = CSV de hasta 50 MB y 100.000 filas
catalogue-file-check = Comprobar archivo
catalogue-file-check-note = Primero ves una vista previa. Todavía no se cambia nada.
catalogue-imports = Importaciones anteriores
catalogue-imports-caption = Importaciones, las más recientes primero
catalogue-import-state = Estado
catalogue-import-sent = Subido
catalogue-columns-title = Columnas
catalogue-columns-note = El orden no importa. Si falta una columna, los productos existentes se quedan como están.
catalogue-column = Columna
catalogue-column-holds = Qué contiene
catalogue-column-uid = El UID del producto. Si un producto lo tiene, se cambia; si no, se crea uno nuevo.
catalogue-column-name-en = El nombre en inglés.
catalogue-column-name-es = El nombre en español.
catalogue-column-category = Qué clase de producto es; para los dos idiomas, con una barra entre ambos: Posters/Carteles.
catalogue-column-options = Opciones entre puntos y comas, valores entre barras: Size=A4|A3; paper(Paper/Papel)=silk(Silk/Seda)|Matt
catalogue-column-areas = Áreas de impresión entre puntos y comas: front(Front/Anverso) 297 x 420 mm bleed 3 mm 150 dpi 1p pdf,png
catalogue-column-min = Lo mínimo que se puede pedir. Vacío: 1.
catalogue-column-max = Lo máximo que se puede pedir. Vacío: sin límite.
catalogue-column-archived = Sí para productos que ya no se pueden pedir.

## Importación: la vista previa

catalogue-import-rows = { $rows ->
    [one] 1 fila
   *[other] { $rows } filas
}
catalogue-preview = Vista previa
catalogue-rows = Filas del archivo
catalogue-rows-shown = { $count ->
    [one] 1 fila
   *[other] { $count } filas
}
catalogue-row = Fila
catalogue-name = Nombre
catalogue-outcome = Qué hace
catalogue-outcome-new = Nuevo
catalogue-outcome-changed = Cambia
catalogue-outcome-unchanged = Sin cambios
catalogue-outcome-refused = Error
catalogue-field-name-en = nombre en inglés
catalogue-field-name-es = nombre en español
catalogue-field-category = categoría
catalogue-field-options = opciones
catalogue-field-print-areas = áreas de impresión
catalogue-field-min-quantity = cantidad mínima
catalogue-field-max-quantity = cantidad máxima
catalogue-field-archived = archivado
catalogue-show-errors = Con errores
catalogue-show-new = Nuevos
catalogue-show-changed = Cambian
catalogue-show-unchanged = Sin cambios
catalogue-show-all-rows = Todas
catalogue-coverage = { $ready } filas por importar, { $unchanged } sin cambios, { $refused } con errores
catalogue-all-there = El catálogo ya está como dice este archivo
catalogue-all-there-text = No hay nada que importar.
catalogue-none-ready = { $refused ->
    [one] La única fila que cambiaría algo tiene errores
   *[other] Las { $refused } filas que cambiarían algo tienen errores
}
catalogue-none-ready-text = Corrige el archivo y vuelve a elegirlo.
catalogue-all-ready = { $ready ->
    [one] 1 producto está listo
   *[other] { $ready } productos están listos
}
catalogue-nothing-yet = Todavía no se ha cambiado nada.
catalogue-some-ready = { $ready ->
    [one] 1 producto está listo
   *[other] { $ready } productos están listos
} y { $refused ->
    [one] 1 fila tiene errores
   *[other] { $refused } filas tienen errores
}
catalogue-some-ready-text = Importa los que están bien, o corrige el archivo y vuelve a elegirlo. Todavía no se ha cambiado nada.
catalogue-ignored-columns = Estas columnas no significan nada aquí y no se leen: { $columns }
catalogue-change-file = Cambiar archivo
catalogue-download-errors = Descargar errores
catalogue-errors-file = errores-catalogo.csv
catalogue-errors-line = Fila del archivo
catalogue-errors-problem = Qué falla
catalogue-start = { $ready ->
    [one] Importar 1 producto
   *[other] Importar { $ready } productos
}
catalogue-problem = { $column }: { $problem }
catalogue-problem-value = { $column } «{ $value }»: { $problem }

## Importación: progreso y resultado

catalogue-importing = Importando productos
catalogue-may-leave = Puedes salir de esta página. El trabajo sigue.
catalogue-imported = El archivo está importado
catalogue-partly-imported = El archivo está importado, salvo las filas con errores
catalogue-import-cancelled = La importación se ha detenido
catalogue-import-failed = La importación ha fallado
catalogue-to-list = Ir al catálogo
catalogue-another-file = Importar otro archivo
catalogue-stat-created = Creados
catalogue-stat-changed = Cambiados
catalogue-stat-unchanged = Sin cambios
catalogue-stat-refused = Rechazados
catalogue-refused-rows = Filas rechazadas
catalogue-refused-note = Descárgalas, corrígelas e importa ese archivo.
catalogue-dpi = ppp
