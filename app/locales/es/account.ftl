# Getting in and being somebody.

account-log-in-title = Inicia sesión
account-log-in-lede = Con la dirección a la que llegó tu invitación.
account-log-in = Iniciar sesión
account-email = Correo electrónico
account-password = Contraseña
account-forgot-link = ¿La has olvidado?
