# What is wrong with an input, and how to put it right.

problem-required = Rellena este campo
problem-too-long = Usa { $max } caracteres como máximo
problem-control-characters = Quita los caracteres invisibles
problem-bidi-characters = Quita los caracteres invisibles que cambian la dirección del texto
problem-invalid-email = Escribe una dirección como nombre@ejemplo.com
problem-invalid-key = Usa minúsculas, cifras y guiones
problem-invalid-phone = Escribe un teléfono como +34 600 000 000
problem-invalid-postcode = Escribe un código postal como { $example }
problem-invalid-product-uid = Usa minúsculas, cifras, guiones, guiones bajos y puntos
problem-invalid-url = Escribe una dirección como https://ejemplo.com/archivo.pdf
problem-postcode-required = Este país necesita un código postal como { $example }
problem-quantity-not-whole = Escribe un número entero
problem-quantity-too-large = Pide { $max } como máximo
problem-quantity-too-small = Pide { $min } como mínimo
problem-role-needs-all-stores = Este rol trabaja con todas las tiendas
problem-role-needs-chosen-stores = Elige las tiendas de este rol
problem-unknown-choice = Elige una de las opciones
problem-unknown-country = Elige un país
problem-unknown-time-zone = Elige una zona horaria
problem-url-not-http = La dirección debe empezar por https:// o http://
problem-url-with-password = Quita el usuario y la contraseña de la dirección

## Passwords and log-in

problem-password-too-short = Usa al menos { $min } caracteres
problem-password-too-long = Usa { $max } caracteres como máximo
problem-password-too-weak = Es fácil de adivinar. Añade palabras que no vayan juntas
problem-wrong-password = Esta no es tu contraseña
problem-wrong-name-or-password = El correo o la contraseña no son correctos, o la cuenta no tiene acceso
problem-too-many-attempts = Demasiados intentos. Vuelve a intentarlo en { $minutes } min

## Links

problem-link-unknown = Este enlace no es válido. Cópialo entero del correo o pide uno nuevo
problem-link-used = Este enlace ya se ha usado. Inicia sesión con tu contraseña
problem-link-expired = Este enlace ha caducado. Pide uno nuevo
problem-link-revoked = Esta invitación se ha revocado o sustituido por otra más nueva. Busca el último correo

## Everywhere

problem-forbidden = Tu rol no incluye esto
problem-not-found = Esto ya no existe
problem-unexpected = Algo ha fallado por nuestra parte. No se ha cambiado nada; inténtalo de nuevo en un momento
problem-conflict = Esto ha cambiado mientras tanto. Recarga la página e inténtalo de nuevo

## Tareas

problem-job-finished = Ya ha terminado; no hay nada que cancelar
problem-job-not-stopped = Solo se puede reintentar lo que ha fallado o se ha cancelado
problem-job-already-queued = El mismo trabajo ya está en espera o en curso

## Archivos

problem-file-empty = El archivo está vacío
problem-file-too-large = Usa un archivo de { $megabytes } MB como máximo
problem-file-wrong-type = Es un archivo de tipo { $found }, que no corresponde aquí
problem-design-wrong-format = El diseño es de tipo { $found }. Esta área de impresión admite { $accepted }
problem-design-low-resolution = El diseño tiene { $dpi } ppp al tamaño de impresión. Se necesitan al menos { $minimum } ppp
problem-design-wrong-size = El diseño no tiene el tamaño del área de impresión: { $width } × { $height } mm con sangrado
problem-design-wrong-page-count = El diseño tiene { $pages } { $pages ->
    [one] página
   *[other] páginas
}. El área de impresión necesita { $expected }
