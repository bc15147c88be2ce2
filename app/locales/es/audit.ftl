# Quién cambió qué.

audit-title = Registro de auditoría
audit-short = Registro
audit-lede = Quién cambió qué y cuándo. Las entradas no se pueden modificar ni borrar.
audit-caption = Registro de auditoría, lo más reciente primero
audit-export = Exportar CSV
audit-what = Acción
audit-object = Objeto
audit-who = Quién
audit-when = Cuándo
audit-side = Actuó como
audit-customer = Cliente
audit-person = Persona
audit-every-action = Todas las acciones
audit-every-object = Todos los tipos de objeto
audit-from = Desde
audit-until = Hasta
audit-of-customer = Cliente: { $name }
audit-of-person = Persona: { $name }
audit-of-object = Objeto: { $name }
audit-filter-customer = Cliente
audit-filter-person = Persona
audit-filter-action = Acción
audit-filter-kind = Tipo de objeto
audit-filter-object = Objeto
audit-filter-from = Desde
audit-filter-until = Hasta
audit-nothing-matches = Nada en el registro coincide con estos filtros
audit-show-all = Mostrar todo el registro
audit-empty = Todavía no hay nada registrado
audit-empty-text = Aquí aparece cada cambio que alguien hace.
audit-changes = Qué cambió
audit-no-fields = No hay más que contar que la propia acción.
audit-field = Campo
audit-before = Antes
audit-after = Después
audit-value = Valor
audit-facts = Sobre esta entrada
audit-address = Dirección IP
audit-request = ID de la petición
audit-history = Historial
audit-history-all = Ver todo en el registro de auditoría
audit-portal-itself = El portal
audit-actor-operator = Operador
audit-actor-client = Usuario del cliente
audit-actor-system = El propio portal
audit-nothing = Nada
audit-yes = Sí
audit-no = No
audit-all-stores = Todas las tiendas
audit-rows = { $rows ->
    [one] 1 entrada
   *[other] { $rows } entradas
}

## Acciones

audit-customer-created = Cliente creado
audit-customer-edited = Cliente modificado
audit-customer-archived = Cliente archivado
audit-customer-restored = Cliente restaurado
audit-access-switched-on = Acceso a Storefronts activado
audit-access-switched-off = Acceso a Storefronts desactivado
audit-user-invited = Persona invitada
audit-invitation-resent = Invitación reenviada
audit-invitation-revoked = Invitación revocada
audit-invitation-accepted = Invitación aceptada
audit-user-corrected = Datos de la persona corregidos
audit-user-role-changed = Permiso cambiado
audit-user-blocked = Persona bloqueada
audit-user-unblocked = Persona desbloqueada
audit-user-removed = Persona eliminada
audit-first-operator-created = Primer operador creado
audit-profile-changed = Perfil modificado
audit-password-changed = Contraseña cambiada
audit-password-reset = Contraseña restablecida
audit-session-ended = Sesión cerrada
audit-other-sessions-ended = Otras sesiones cerradas
audit-two-factor-on = Verificación en dos pasos activada
audit-two-factor-off = Verificación en dos pasos desactivada
audit-two-factor-reset = Verificación en dos pasos restablecida
audit-recovery-codes-renewed = Códigos de recuperación renovados
audit-store-created = Tienda manual añadida
audit-store-connected = Tienda conectada
audit-store-reconnected = Tienda conectada de nuevo
audit-store-disconnected = Tienda desconectada
audit-store-paused = Tienda en pausa
audit-store-resumed = Tienda reanudada
audit-store-renamed = Tienda renombrada
audit-store-settings-changed = Ajustes de la tienda modificados
audit-product-connected = Producto conectado
audit-products-matched = Producto conectado por conexión automática
audit-product-disconnected = Producto desconectado
audit-product-ignored = Producto ignorado
audit-product-taken-back = Producto ya no ignorado
audit-catalogue-product-created = Producto del catálogo creado
audit-catalogue-product-edited = Producto del catálogo modificado
audit-catalogue-product-archived = Producto del catálogo archivado
audit-catalogue-product-restored = Producto del catálogo restaurado
audit-catalogue-import-started = Importación del catálogo iniciada
audit-order-import-started = Importación de pedidos iniciada
audit-order-cancelled = Pedido cancelado
audit-order-held = Pedido retenido
audit-order-released = Pedido liberado
audit-order-address-changed = Dirección de un pedido modificada
audit-order-line-changed = Línea de un pedido modificada
audit-order-design-changed = Diseño de un pedido cambiado
audit-order-line-ignored = Línea de un pedido ignorada
audit-order-line-taken-back = Línea de un pedido ya no ignorada
audit-buyer-erased = Comprador borrado
audit-buyer-exported = Datos de un comprador descargados
audit-customers-exported = Clientes exportados
audit-orders-exported = Pedidos exportados
audit-import-downloaded = Filas de una importación descargadas
audit-store-products-exported = Productos de la tienda exportados
audit-catalogue-exported = Catálogo exportado
audit-audit-log-exported = Registro de auditoría exportado
audit-view-started = Vista como cliente iniciada
audit-view-ended = Vista como cliente terminada
audit-backup-taken = Copia de seguridad hecha
audit-backup-restored = Copia de seguridad restaurada
audit-keys-rotated = Claves de cifrado rotadas

## Objetos

audit-object-customer = Cliente
audit-object-user = Persona
audit-object-store = Tienda
audit-object-store-product = Producto de la tienda
audit-object-catalogue-product = Producto del catálogo
audit-object-order = Pedido

## Campos

audit-field-name = Nombre
audit-field-reference = ID de referencia del cliente
audit-field-description = Descripción
audit-field-email = Correo electrónico
audit-field-first-name = Nombre
audit-field-last-name = Apellidos
audit-field-language = Idioma
audit-field-time-zone = Zona horaria
audit-field-theme = Tema
audit-field-role = Permiso
audit-field-stores = Tiendas
audit-field-access = Acceso a Storefronts
audit-field-platform = Plataforma
audit-field-shop = Dirección de la tienda
audit-field-import-unconnected = Importar pedidos con productos no conectados
audit-field-hold-personalised = Revisar el texto o la imagen del comprador
audit-field-notify-buyers = La plataforma avisa a los compradores
audit-field-ready-statuses = Estados que permiten producir
audit-field-location = Ubicación
audit-field-product-uid = UID del producto
audit-field-made-of = Se produce con
audit-field-variant = Variante
audit-field-variants = Variantes
audit-field-category = Categoría
audit-field-name-en = Nombre en inglés
audit-field-name-es = Nombre en español
audit-field-options = Opciones
audit-field-print-areas = Áreas de impresión
audit-field-min-quantity = Cantidad mínima
audit-field-max-quantity = Cantidad máxima
audit-field-line = Línea
audit-field-quantity = Cantidad
audit-field-print-area = Área de impresión
audit-field-address-parts = Partes modificadas
audit-field-orders = Pedidos
audit-field-file = Archivo
audit-field-filters = Filtros
audit-field-device = Navegador
audit-field-status = Estado

## Partes de una dirección

audit-part-recipient = Destinatario
audit-part-company = Empresa
audit-part-address-line1 = Calle
audit-part-address-line2 = Línea 2 de la dirección
audit-part-city = Ciudad
audit-part-region = Región
audit-part-postcode = Código postal
audit-part-country = País
audit-part-email = Correo electrónico
audit-part-phone = Teléfono

## Ver como cliente

view-as-start = Ver como cliente
view-as-title = Ves Storefronts como { $customer }
view-as-text = Puedes ver todo y no cambiar nada. Termina solo a las { $time } y queda en el registro de auditoría.
view-as-stop = Dejar de ver
view-as-stop-and-go-on = Dejar de ver y continuar
view-as-instead = Estás viendo como el cliente
