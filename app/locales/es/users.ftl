# Los usuarios de un cliente, en Storefronts y en la consola.

users-title = Gestión de usuarios
users-short = Usuarios
users-lede = Las personas que trabajan para este cliente en Storefronts.
users-caption = Usuarios
users-name = Nombre
users-you = (tú)
users-role = Permiso
users-stores = Tiendas
users-all-stores = Todas
users-no-store = Ninguna
users-state = Estado
users-last-login = Último acceso
users-never = Nunca
users-search = Buscar nombre o correo
users-filter-search = Búsqueda: { $q }
users-none-match = No coincide nadie
users-none-text = Busca otra cosa o quita los filtros.
users-show-all = Mostrar todos
users-shown = { $rows ->
    [one] { $rows } usuario
   *[other] { $rows } usuarios
}
users-state-active = Activo
users-state-invited = Invitado
users-state-lapsed = Invitación caducada o revocada
users-state-blocked = Bloqueado
users-actions = Acciones
users-blocked = Bloqueado
users-alone = De momento solo estás tú
users-alone-text = Añade a tus compañeros, cada uno con el permiso y las tiendas que necesite.
users-empty-title = Todavía no hay nadie
users-empty-text = Añade primero al administrador de la cuenta. Después él añade a sus compañeros desde Storefronts.
users-closed = El acceso a Storefronts de este cliente está desactivado: no se puede invitar a nadie

## Añadir y corregir

users-add = Añadir usuario
users-add-note = Recibirá un correo con un enlace para entrar. Vale durante 72 horas.
users-add-submit = Enviar invitación
users-email = Correo electrónico
users-email-help = Es su nombre de usuario para iniciar sesión.
users-person = Persona invitada
users-person-note = Hasta que acepte, puedes corregir lo que escribiste. Si cambias la dirección, se envía una invitación nueva y la anterior deja de valer.
users-person-name-note = Hasta que acepte, puedes corregir lo que escribiste.
users-email-stays = A los administradores de la cuenta los invita la imprenta: solo ella puede cambiar esta dirección.
users-person-save = Guardar

## Permiso y tiendas

users-role-note = Vale desde su próximo clic.
users-role-invited-note = Vale cuando acepte la invitación.
users-step-down-note = Si eliges otro permiso, ya no podrás gestionar usuarios.
users-last-admin = El último administrador de la cuenta que puede iniciar sesión conserva este permiso. Nombra antes administrador de la cuenta a otro usuario activo.
users-last-admin-you = Eres el último administrador de la cuenta que puede iniciar sesión. Nombra a otro usuario activo; después podrás elegir otro permiso.
users-role-account-admin-note = Todo, y es quien gestiona los usuarios
users-role-admin-note = Acceso total a todas las tiendas y configuraciones
users-role-store-manager-note = Puede gestionar tiendas y productos concretos
users-role-order-manager-note = Solo puede ver y gestionar pedidos
users-role-view-only-note = Solo puede consultar la información, sin hacer cambios
users-reach = ¿Qué tiendas?
users-reach-all = Todas las tiendas, también las que se añadan
users-reach-chosen = Solo estas tiendas
users-stores-none = Todavía no hay tiendas
users-role-save = Cambiar permiso

## Invitación, bloqueo y baja

users-resend = Reenviar
users-revoke = Revocar invitación
users-revoke-menu = Revocar…
users-revoke-question = ¿Revocar la invitación de { $name }?
users-revoke-confirm = Su enlace deja de funcionar ahora. Puedes enviar otra más adelante.
users-blocked-title = Este usuario está bloqueado
users-blocked-text = No puede iniciar sesión aquí. No se borra nada suyo.
users-unblock = Desbloquear
users-block = Bloquear usuario
users-block-menu = Bloquear…
users-block-text = A los usuarios bloqueados se les cierra la sesión al momento y no pueden entrar hasta que los desbloquees.
users-block-question = ¿Bloquear a { $name }?
users-block-confirm = Se cierra ahora su sesión y se revoca la invitación pendiente. Puedes desbloquearlo más adelante.
users-remove = Eliminar usuario
users-remove-menu = Eliminar…
users-remove-text = Los usuarios eliminados pierden el acceso. Lo que hicieron conserva su nombre.
users-remove-question = ¿Eliminar a { $name }?
users-remove-confirm = Se cierra ahora su sesión y desaparece de esta lista. Puedes añadirlo otra vez más adelante.

## Verificación en dos pasos

users-two-factor-title = Verificación en dos pasos
users-two-factor-on = Activada. Quien haya perdido el móvil y los códigos de recuperación puede pedir a { $company } que la restablezca.
users-two-factor-off = Desactivada: basta con su contraseña para entrar.
users-two-factor = Restablecer la verificación en dos pasos
users-two-factor-text = Para quien ha perdido el móvil y los códigos de recuperación. Entra solo con su contraseña hasta que la vuelva a configurar.
users-two-factor-menu = Restablecer…
users-two-factor-question = ¿Restablecer la verificación en dos pasos de { $name }?
users-two-factor-confirm = Asegúrate de que quien lo pide es esa persona. Se cierran todas sus sesiones, también donde trabaja para otros clientes, y se le avisa por correo.

## Qué puede hacer cada permiso

users-matrix = Qué puede hacer cada permiso
users-matrix-caption = Acciones por permiso
users-matrix-action = Acción
users-matrix-yes = Sí
users-matrix-no = No
users-matrix-chosen = Tiendas elegidas
users-matrix-either = Todas o las elegidas
users-may-see-orders = Ver pedidos
users-may-see-stores = Ver tiendas y productos
users-may-place-orders = Realizar e importar pedidos
users-may-edit-orders = Editar, aprobar, retener y cancelar pedidos
users-may-products = Conectar, añadir y publicar productos, operaciones en bloque
users-may-configure-stores = Sincronizar tiendas y cambiar su configuración
users-may-connect-stores = Conectar y desconectar tiendas
users-may-account = Cambiar la configuración de la cuenta
users-may-users = Gestionar usuarios
users-may-buyers = Exportar y borrar datos de compradores
users-may-audit-log = Ver el registro de auditoría

done-user-added = Invitando a { $email }
done-user-saved = Guardado
done-user-role-changed = Permiso cambiado
done-user-blocked = Usuario bloqueado y sin sesión
done-user-unblocked = Usuario desbloqueado
done-user-removed = Usuario eliminado

problem-email-of-user = Esta dirección ya es de un usuario de esta cuenta
problem-email-not-for-users = Esta dirección no se puede usar aquí. Usa otra
problem-account-admin-by-operator = Al administrador de la cuenta lo invita la imprenta. Añade a la persona con otro permiso y cédele la cuenta cuando esté activa
problem-account-admin-not-active = Solo un usuario activo puede ser administrador de la cuenta
problem-users-yourself = No puedes bloquearte ni eliminarte. Pídeselo a otro administrador de la cuenta
problem-users-last-account-admin = Es el último administrador de la cuenta que puede iniciar sesión. Nombra antes a otro usuario activo
problem-users-access-off = El acceso a Storefronts de este cliente está desactivado. Actívalo y después invita
problem-users-blocked = Este usuario está bloqueado. Desbloquéalo y después envía la invitación
