# Importar pedidos por CSV.

imports-title = Importar pedidos
imports-lede = Trae muchos pedidos a la vez en un archivo CSV: una fila por producto; las filas de un pedido comparten su referencia.

## El formulario

imports-file-title = Elige un archivo
imports-file-note = Empieza con la plantilla. El separador y la codificación se detectan solos.
imports-template = Descargar plantilla
imports-template-file = plantilla-pedidos.csv
imports-store = Tienda
imports-store-help = Los pedidos entran por esta tienda.
imports-choose-store = Elige una tienda
imports-file = Archivo CSV
imports-file-limits = CSV, hasta 50 MB y 100.000 filas
imports-check = Revisar archivo
imports-check-note = Primero ves una vista previa. Todavía no se crea nada.
imports-no-store-title = Los pedidos se importan en una tienda manual
imports-no-store-text = Añade una y vuelve con tu archivo.
imports-no-store-ask = Pide a un administrador de tu cuenta que añada una.
imports-no-store-add = Añadir tienda manual

## Importaciones hasta ahora

imports-history = Importaciones anteriores
imports-history-caption = Importaciones, las más recientes primero
imports-state = Estado
imports-when = Inicio
imports-newer = Más recientes
imports-older = Más antiguas

## Recuentos

imports-created = Pedidos creados
imports-unchanged = Ya estaban
imports-refused-rows = Filas rechazadas

## Una importación

imports-store-named = Tienda { $store }
imports-rows-and-store = { $rows ->
    [one] 1 fila
   *[other] { $rows } filas
}, tienda { $store }
imports-checking = Revisando el archivo
imports-running = Creando pedidos
imports-may-leave = Puedes salir de esta página. El trabajo continúa.
imports-stop = Detener
imports-stopping = Deteniendo…

## Vista previa

imports-preview = Vista previa
imports-rows = Filas del archivo
imports-row = Fila
imports-order = Pedido
imports-recipient = Destinatario
imports-product = UID del producto
imports-quantity = Cantidad
imports-with-errors = Con errores
imports-ready-rows = Listas
imports-all-rows = Todas
imports-shown = { $rows ->
    [one] 1 fila
   *[other] { $rows } filas
}
imports-coverage = { $right } filas listas, { $wrong } con errores
imports-some-ready = { $orders ->
    [one] 1 pedido está listo
   *[other] { $orders } pedidos están listos
} y { $rows ->
    [one] 1 fila tiene errores
   *[other] { $rows } filas tienen errores
}
imports-some-ready-text = Importa los que están bien, o corrige el archivo y súbelo otra vez. Nada se ha creado todavía.
imports-all-ready = { $orders ->
    [one] 1 pedido está listo
   *[other] { $orders } pedidos están listos
}
imports-nothing-yet = Nada se ha creado todavía.
imports-none-ready = { $rows ->
    [one] 1 fila tiene errores y no se puede importar ningún pedido
   *[other] { $rows } filas tienen errores y no se puede importar ningún pedido
}
imports-none-ready-text = Corrige el archivo y súbelo otra vez.
imports-all-there = { $there ->
    [one] El pedido de este archivo ya está
   *[other] Los { $there } pedidos de este archivo ya están
}
imports-all-there-text = Nada se crea dos veces.
imports-rest-there = { $rows ->
    [one] 1 fila tiene errores
   *[other] { $rows } filas tienen errores
}, { $there ->
    [one] 1 pedido ya está
   *[other] { $there } pedidos ya están
}
imports-there = { $orders ->
    [one] 1 pedido ya está y se queda como está.
   *[other] { $orders } pedidos ya están y se quedan como están.
}
imports-held = { $rows ->
    [one] 1 fila correcta espera porque otra fila de su pedido tiene un error.
   *[other] { $rows } filas correctas esperan porque otra fila de su pedido tiene un error.
}
imports-ignored = Columnas no leídas: { $columns }
imports-change-file = Cambiar archivo
imports-download-errors = Descargar errores
imports-discard = Descartar
imports-start = { $orders ->
    [one] Importar 1 pedido
   *[other] Importar { $orders } pedidos
}
imports-problem = { $column }: { $problem }
imports-problem-value = { $column } «{ $value }»: { $problem }

## Resultado

imports-done = { $created ->
    [one] 1 pedido creado
   *[other] { $created } pedidos creados
}
imports-partly = { $created ->
    [one] 1 pedido creado
   *[other] { $created } pedidos creados
}, { $rows ->
    [one] 1 fila rechazada
   *[other] { $rows } filas rechazadas
}
imports-nothing-new = Todos los pedidos de este archivo ya estaban
imports-cancelled = { $created ->
    [0] Importación cancelada
    [one] Importación cancelada tras 1 pedido
   *[other] Importación cancelada tras { $created } pedidos
}
imports-cancelled-text = Lo creado se queda. Si continúas, nada se crea dos veces.
imports-so-far = { $created ->
    [one] Se había creado 1 pedido, que se queda.
   *[other] Se habían creado { $created } pedidos, que se quedan.
}
imports-see-orders = Ver pedidos
imports-go-on = Continuar
imports-check-again = Revisar otra vez
imports-download-result = Descargar resultado
imports-no-rows = No hay filas así
imports-outcome = Resultado
imports-outcome-ready = Lista
imports-outcome-refused = Rechazada
imports-outcome-created = Creada
imports-outcome-changed = Cambiada
imports-outcome-unchanged = Ya estaba
imports-outcome-waiting = Sin importar

## Archivos de resultado

imports-column-outcome = Resultado de la importación
imports-column-reason = Qué corregir
imports-column-number = Importado como
imports-errors-file = { $name }-errores.csv
imports-result-file = { $name }-resultado.csv

## Lo que se acaba de hacer

done-import-discarded = Vista previa descartada. No se ha creado nada
done-import-cancelled = Importación cancelada

## Qué está mal

problem-order-differs = La tienda tiene un pedido con esta referencia y otro contenido. Usa otra referencia
problem-import-not-ready = Esta importación ya se ha iniciado o detenido. Recarga la página
problem-import-nothing-ready = No hay nada que importar en este archivo
problem-import-finished = Esta importación ha terminado; no hay nada que detener
problem-import-not-stopped = Solo puede continuar una importación que ha fallado o se ha cancelado
imports-unknown-country = Escribe un país: su nombre o sus dos letras, como ES
