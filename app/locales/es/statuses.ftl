# States, by the set they belong to. Spanish agrees in gender with what has the state.


## invitation

status-invitation-not-invited = Sin invitar
status-invitation-sending = Enviando invitación
status-invitation-invitation-sent = Invitación enviada
status-invitation-active = Activo
status-invitation-expired = Caducada
status-invitation-revoked = Revocada
status-invitation-delivery-failed = Entrega fallida

## store

status-store-connected = Conectada
status-store-needs-reauthorisation = Requiere autorización
status-store-needs-attention = Requiere atención
status-store-paused = En pausa
status-store-disconnected = Desconectada

## mapping

status-mapping-connected = Conectado
status-mapping-not-connected = No conectado
status-mapping-ignored = Ignorado

## order

status-order-draft = Borrador
status-order-received = Recibido
status-order-not-connected = No conectado
status-order-on-hold = En espera
status-order-pending-approval = Pendiente de aprobación
status-order-passed = Validado
status-order-failed = Con error
status-order-created = Creado
status-order-in-production = En producción
status-order-printed = Impreso
status-order-packaged = Empaquetado
status-order-shipped = Enviado
status-order-in-transit = En tránsito
status-order-delivered = Entregado
status-order-returned = Devuelto
status-order-cancelled = Cancelado

## job

status-job-queued = En cola
status-job-running = En curso
status-job-succeeded = Completada
status-job-partly-failed = Con errores parciales
status-job-failed = Con error
status-job-cancelled = Cancelada
status-job-dead = Abandonada

## import

status-import-checking = Comprobando
status-import-ready = Lista para importar
status-import-queued = En cola
status-import-running = En curso
status-import-succeeded = Completada
status-import-partly-failed = Con errores parciales
status-import-failed = Con error
status-import-cancelled = Cancelada

## mail

status-mail-queued = En cola
status-mail-sent = Enviado
status-mail-failed = Con error

## file

status-file-waiting = Pendiente
status-file-checked = Comprobado
status-file-refused = Rechazado

## message

status-message-received = Recibido
status-message-parked = Retenido
status-message-done = Hecho
status-message-ignored = Sin efecto
status-message-failed = Con error
status-message-dead = Abandonado

## write

status-write-queued = De camino a la tienda
status-write-done = La tienda lo sabe
status-write-already-there = La tienda ya lo sabía
status-write-not-supported = La plataforma no lo muestra
status-write-superseded = Sustituido por un aviso posterior
status-write-failed = No se pudo avisar a la tienda
