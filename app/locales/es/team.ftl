# El equipo de la imprenta.

team-title = Equipo
team-lede = Las personas que trabajan en la consola.
team-name = Nombre
team-role = Permiso
team-state = Estado
team-last-login = Último acceso
team-never = Nunca
team-invite = Invitar operador
team-invite-note = Recibirá un correo con un enlace para elegir su contraseña. Vale durante 72 horas.
team-invite-submit = Invitar
team-email = Correo electrónico
team-email-help = Es su nombre de usuario para iniciar sesión.
team-role-administrator-note = Todo, también equipo y configuración.
team-role-operator-note = Todo menos equipo y configuración.
team-role-production-note = Solo pedidos y producción.
team-role-save = Cambiar permiso
team-own-role = Otro administrador puede cambiar tu permiso.
team-resend = Reenviar
team-revoke = Revocar
team-blocked = Bloqueado
team-blocked-title = Este operador está bloqueado
team-blocked-text = No puede iniciar sesión. No se borra nada suyo.
team-unblock = Desbloquear
team-two-factor = Verificación en dos pasos
team-two-factor-off = Desactivada: basta con su contraseña para entrar.
team-two-factor-reset = Restablecer la verificación en dos pasos
team-two-factor-text = Para quien ha perdido el móvil y los códigos de recuperación. Entra solo con su contraseña hasta que la vuelva a configurar.
team-two-factor-menu = Restablecer…
team-two-factor-question = ¿Restablecer la verificación en dos pasos de { $name }?
team-two-factor-confirm = Asegúrate de que quien lo pide es esa persona. Se cierran todas sus sesiones y se le avisa por correo.
team-block = Bloquear operador
team-block-menu = Bloquear…
team-block-text = A los operadores bloqueados se les cierra la sesión al momento y no pueden volver a entrar.
team-block-question = ¿Bloquear a { $name }?
team-block-confirm = Se cierra ahora su sesión y se revoca la invitación pendiente. Puedes desbloquearlo más adelante.

done-operator-invited = Invitando a { $email }
done-role-changed = Permiso cambiado
done-two-factor-reset = Verificación en dos pasos restablecida
done-operator-blocked = Operador bloqueado y sin sesión
done-operator-unblocked = Operador desbloqueado

problem-email-of-client-user = Esta dirección es de un usuario de un cliente. Usa otra
problem-team-yourself = No puedes quitarte tus propios permisos. Pídeselo a otro administrador
problem-team-last-administrator = Es el último administrador que puede iniciar sesión. Nombra antes a otro administrador
