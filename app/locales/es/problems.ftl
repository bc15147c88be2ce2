# What is wrong with an input, and how to put it right.

problem-required = Rellena este campo
problem-too-long = Usa { $max } caracteres como máximo
problem-control-characters = Quita los caracteres invisibles
problem-address-in-name = Escribe el nombre sin direcciones ni barras
problem-bidi-characters = Quita los caracteres invisibles que cambian la dirección del texto
problem-invalid-email = Escribe una dirección como nombre@ejemplo.com
problem-invalid-key = Usa minúsculas, cifras, guiones, guiones bajos y puntos; empieza por una letra o una cifra
problem-invalid-phone = Escribe un teléfono como +34 600 000 000
problem-invalid-postcode = Escribe un código postal como { $example }
problem-invalid-product-uid = Usa minúsculas, cifras, guiones, guiones bajos y puntos; empieza por una letra o una cifra
problem-invalid-url = Escribe una dirección como https://ejemplo.com/archivo.pdf
problem-not-an-amount = Escribe un importe, por ejemplo 12.50
problem-postcode-required = Este país necesita un código postal como { $example }
problem-postcode-perhaps-required = Rellena este campo, salvo que el país no tenga códigos postales
problem-quantity-not-whole = Escribe un número entero
problem-quantity-too-large = Indica { $max } como máximo
problem-quantity-too-small = Indica { $min } como mínimo
problem-role-needs-all-stores = Este permiso vale para todas las tiendas
problem-role-needs-chosen-stores = Elige las tiendas de este permiso
problem-unknown-choice = Elige una de las opciones
problem-unknown-country = Elige un país
problem-unknown-currency = Elige una moneda
problem-unknown-time-zone = Elige una zona horaria
problem-url-not-http = La dirección debe empezar por https:// o http://
problem-url-with-password = Quita el usuario y la contraseña de la dirección

## Passwords and log-in

problem-password-unchanged = Esta ya es tu contraseña. Elige otra
problem-password-too-short = Usa al menos { $min } caracteres
problem-password-too-long = Usa { $max } caracteres como máximo
problem-password-too-weak = Es fácil de adivinar. Añade palabras que no vayan juntas
problem-password-obvious = Sin tu nombre, el de tu empresa y las palabras comunes queda muy poco. Añade otras palabras
problem-wrong-password = Esta no es tu contraseña
problem-wrong-name-or-password = El correo o la contraseña no son correctos
problem-account-blocked = Tu cuenta está bloqueada. Pide a un administrador que la desbloquee
problem-account-access-off = El acceso de { $customer } a Storefronts está desactivado. Pide a { $company } que lo active
problem-account-without-customer = Tu cuenta ya no pertenece a ningún cliente. Pide una nueva invitación
problem-too-many-attempts = Demasiados intentos. Vuelve a intentarlo en { $minutes } min

## Links

problem-link-unknown = Este enlace no es válido. Cópialo entero del correo o pide uno nuevo
problem-link-used = Este enlace ya se ha usado. Inicia sesión con tu contraseña
problem-link-expired = Este enlace ha caducado. Pide uno nuevo
problem-link-revoked = Esta invitación se ha revocado o sustituido por otra más nueva. Busca el último correo

## Everywhere

problem-forbidden = Tu permiso no incluye esto
problem-not-found = Esto ya no existe
problem-busy = El portal está ocupado. No se ha guardado nada; inténtalo de nuevo en un momento
problem-unexpected = Algo ha fallado por nuestra parte. No se ha cambiado nada; inténtalo de nuevo en un momento
problem-conflict = Esto ha cambiado mientras tanto. Recarga la página e inténtalo de nuevo

## Tareas

problem-job-finished = Ya ha terminado; no hay nada que cancelar
problem-job-not-stopped = Solo se puede reintentar lo que ha fallado o se ha cancelado
problem-job-already-queued = El mismo trabajo ya está en espera o en curso

## Archivos

problem-file-empty = El archivo está vacío
problem-file-too-large = Usa un archivo de { $megabytes } MB como máximo
problem-file-not-kept = Elige este archivo otra vez: los archivos no se guardan cuando termina la sesión
problem-file-quota-used-up = Tu empresa ya ha enviado { $megabytes } MB de archivos en 24 horas, que es el máximo. Espera unas horas o pide más a tu imprenta
problem-file-wrong-type = { $found ->
    [text] Es un archivo de texto, diga lo que diga su nombre
    [html] Es una página web, diga lo que diga su nombre
    [zip] Es un archivo ZIP o un documento de oficina
    [other] El contenido de este archivo no es de un tipo que conozcamos
   *[type] Es un archivo { $found }
}. Elige un archivo de uno de los tipos indicados
problem-design-wrong-format = El diseño es de tipo { $found }. Esta área de impresión admite { $accepted }
problem-design-low-resolution = El diseño tiene { $dpi } ppp al tamaño de impresión. Se necesitan al menos { $minimum } ppp
problem-design-wrong-size = El diseño tiene otras proporciones que el área de impresión. El archivo debe medir { $width } × { $height } mm, sangrado incluido
problem-design-wrong-page-count = El diseño tiene { $pages } { $pages ->
    [one] página
   *[other] páginas
}. El área de impresión necesita { $expected }

## Archivos CSV

problem-file-is-image = Esto es una imagen. Elige un archivo CSV
problem-file-is-spreadsheet = Esto es una hoja de cálculo. Guárdala como CSV y elige ese archivo
problem-file-not-text = Esto no es un archivo de texto. Elige un archivo CSV
problem-file-encoding-mixed = El archivo mezcla codificaciones. Guárdalo como CSV UTF-8
problem-file-only-example = El archivo no trae filas tuyas, solo la de ejemplo. Escribe las tuyas en su lugar
problem-file-only-header = El archivo no tiene filas: debajo de la cabecera no hay nada
problem-file-too-many-rows = El archivo tiene demasiadas filas. Divídelo en archivos de { $max } filas como máximo
problem-file-changed-since-check = El archivo ha cambiado desde que se comprobó. Vuelve a elegirlo
problem-header-missing-columns = Faltan estas columnas: { $columns }. Parte de la plantilla
problem-header-duplicate-column = La columna { $column } está dos veces. Quita una
problem-quote-not-closed = Las comillas abiertas en la línea { $line } no se cierran nunca
problem-row-too-long = La fila { $line } es demasiado larga. Puede que falten unas comillas
problem-row-has-too-many-cells = La fila tiene { $cells } celdas y la cabecera { $columns }. Pon entre comillas el texto que contenga el separador
problem-order-has-bad-row = Otra fila de este pedido tiene errores
problem-differs-within-order = No coincide con la primera fila del pedido
problem-not-yes-or-no = Escribe sí o no

## Productos y catálogo

problem-no-product-called = Ningún producto se llama así. Elige uno de la lista
problem-several-products-called = { $count } productos se llaman así: { $products }. Elige uno
problem-unknown-product-uid = El catálogo no tiene este UID del producto
problem-unknown-product-uid-similar = El catálogo no tiene este UID del producto. ¿Querías decir { $suggestion }?
problem-product-retired = Este producto ya no se puede pedir
problem-product-without-print-areas = Este producto no se imprime. Deja el diseño vacío
problem-unknown-print-area = El producto no tiene esa área de impresión. Tiene: { $areas }
problem-two-designs-for-one-area = El área de impresión { $area } tiene dos diseños. Deja uno
problem-region-required = Este país necesita una provincia o un estado
problem-product-uid-taken = Otro producto o variante tiene el UID { $uid }
problem-duplicate-product-uid = La fila { $line } ya tiene este UID del producto
problem-duplicate-key = La clave { $key } está dos veces
problem-option-without-values = La opción { $option } no tiene valores. Escribe al menos uno
problem-too-many-combinations = Las opciones dan demasiadas combinaciones. Son posibles { $max } como máximo
problem-same-combination-uid = Dos combinaciones tendrían el UID { $uid }. Cambia una clave
problem-max-below-min = Escribe un número que no sea menor que el mínimo
problem-number-out-of-range = Escribe un número de { $min } a { $max }
problem-invalid-length = Escribe una longitud como 3 mm
problem-invalid-size = Escribe un tamaño como { $example }
problem-unknown-file-format = { $format } no es posible. Usa PDF, PNG, JPEG o TIFF
problem-unreadable-part = Esto no se puede leer: { $part }
problem-shown-for-another-customer = Esta página se mostró para { $shown } y ahora trabajas para { $chosen }. No se ha hecho nada: cambia de cliente o abre la página de nuevo
problem-viewing-as-customer = Solo estás viendo el Storefronts de este cliente. Deja de ver como cliente para cambiar algo.
