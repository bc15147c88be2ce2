# Getting in and being somebody.

account-log-in-title = Inicia sesión
account-log-in-lede = Con la dirección a la que llegó tu invitación.
account-log-in = Iniciar sesión
account-email = Correo electrónico
account-password = Contraseña
account-forgot-link = ¿La has olvidado?
account-language = Idioma
account-first-name = Nombre
account-last-name = Apellido
account-email-is-user-name = Es tu usuario para iniciar sesión.
account-back-to-log-in = Volver a iniciar sesión
account-choose-customer-title = ¿Para qué cliente trabajas ahora?
account-choose-customer-lede = Perteneces a varios clientes. Puedes cambiar cuando quieras desde el menú de tu cuenta.
account-choose-customer-log-out = Cerrar sesión
account-session-ended = Tu sesión había terminado
account-session-ended-kept = El formulario no se envió. Inicia sesión de nuevo: lo encontrarás como lo rellenaste.
account-session-ended-files = El formulario no se envió. Inicia sesión de nuevo: lo encontrarás como lo rellenaste, salvo los archivos. Elígelos otra vez.
account-session-ended-lost = El formulario no se envió y era demasiado largo para guardarlo. Inicia sesión de nuevo y rellénalo otra vez.
account-forgot-title = Crea una contraseña nueva
account-forgot-lede = Te enviamos un enlace que funciona durante 30 minutos.
account-forgot-send = Enviarme un enlace
account-reset-title = Elige una contraseña nueva
account-reset-lede = Aquí sigues dentro; en los demás sitios tendrás que iniciar sesión otra vez.
account-reset-save = Guardar contraseña y entrar
account-new-password = Contraseña nueva
account-old-password = Contraseña actual
account-choose-password = Contraseña
account-password-help = 12 caracteres o más. Van bien varias palabras que no vayan juntas.
account-your-password = Tu contraseña
account-your-password-help = Ya tienes una cuenta: confírmalo con su contraseña.
account-invitation-title = Hola, { $name }. Crea tu cuenta
account-invitation-lede = { $company } te da acceso a su portal para { $customer }.
account-invitation-operator-lede = { $company } te invita a su consola de operadores.
account-invitation-accept = Crear cuenta y entrar
account-invitation-confirm-title = Hola, { $name }. Acepta tu acceso
account-invitation-confirm = Aceptar acceso
account-invitation-expires = La invitación caduca el { $date }.
account-invitation-dead = Esta invitación no funciona
account-setup-title = Crea el primer operador
account-setup-lede = El primer operador es administrador y puede invitar a los demás.
account-setup-create = Crear cuenta y entrar
account-profile-title = Perfil
account-profile-you = Sobre ti
account-profile-save = Guardar perfil
account-time-zone = Zona horaria
account-theme = Apariencia
account-password-note = Al cambiarla se cierran tus sesiones en otros dispositivos.
account-password-save = Cambiar contraseña

## Continentes de las zonas horarias

account-zone-africa = África
account-zone-america = América
account-zone-antarctica = Antártida
account-zone-arctic = Ártico
account-zone-asia = Asia
account-zone-atlantic = Atlántico
account-zone-australia = Australia
account-zone-europe = Europa
account-zone-indian = Océano Índico
account-zone-pacific = Pacífico

## Dos pasos

account-code = Código
account-code-title = Escribe tu código
account-code-lede = Falta el segundo paso.
account-code-or-recovery = Seis cifras de la aplicación de tu móvil. Si no lo tienes: uno de tus códigos de recuperación.
account-code-restart = Iniciar sesión con otra cuenta
account-confirm = Confirmar
account-confirm-title = ¿Eres tú?
account-confirm-lede = Hace un rato que diste tu contraseña. Vuelve a darla antes de seguir; no se pierde nada de lo que has escrito.
account-confirm-back = Volver sin confirmar
account-two-factor = Verificación en dos pasos
account-two-factor-note = Un código de una aplicación de tu móvil además de tu contraseña: quien solo sepa la contraseña no entra.
account-two-factor-is-on = Activada
account-two-factor-is-off = Desactivada
account-two-factor-since = Activada desde
account-two-factor-set-up = Configura la verificación en dos pasos
account-two-factor-lede = Así, quien solo sepa tu contraseña no entra.
account-two-factor-first = Configura antes el segundo paso
account-two-factor-first-text = Lo que estabas haciendo no se ha hecho: desde ahora los operadores necesitan aquí un segundo paso. Cuando lo tengas, encontrarás tu formulario como estaba.
account-form-waits = El formulario que enviabas te espera
account-form-waits-back = Volver al formulario
account-two-factor-needed = { $company } quiere que los operadores entren con un segundo paso. Configúralo para seguir.
account-two-factor-app = Necesitas en tu móvil una aplicación para estos códigos. Sirven Google Authenticator, Microsoft Authenticator, Aegis y casi todos los gestores de contraseñas.
account-two-factor-start = Empezar
account-two-factor-scan = Escanea esta imagen con la aplicación.
account-two-factor-picture = Código QR con la clave para la aplicación. La clave va después como texto.
account-two-factor-type = Si no puedes escanearla, escribe esta clave en la aplicación:
account-two-factor-code-help = Las seis cifras que la aplicación muestra ahora.
account-two-factor-switch-on = Activar
account-two-factor-not-now = Ahora no
account-two-factor-stays = { $company } quiere que los operadores entren con un segundo paso.
account-two-factor-switch-off = Desactivar
account-two-factor-switch-off-menu = Desactivar…
account-two-factor-switch-off-note = A partir de entonces bastará con tu contraseña para entrar.
account-codes = Códigos de recuperación
account-codes-left = Quedan { $left } de { $all }
account-codes-renew = Generar códigos nuevos
account-codes-once = Cada uno te deja entrar una vez sin el móvil. Solo se muestran ahora: imprímelos o guárdalos en tu gestor de contraseñas. Los anteriores ya no funcionan.
account-codes-go-on = Las he guardado: continuar

done-two-factor-on = Verificación en dos pasos activada
done-two-factor-off = Verificación en dos pasos desactivada
done-codes-renewed = Códigos de recuperación nuevos generados

problem-wrong-code = Este código no es correcto. Mira otra vez la aplicación
problem-code-used = Este código ya se ha usado. Espera al siguiente
problem-wrong-recovery-code = No es un código de la aplicación ni un código de recuperación que aún funcione
problem-two-factor-is-on = La verificación en dos pasos ya está activada
problem-two-factor-is-off = La verificación en dos pasos ya está desactivada
problem-two-factor-not-begun = Ha pasado demasiado tiempo. Empieza de nuevo
problem-two-factor-needed = Aquí los operadores necesitan la verificación en dos pasos

## Sesiones

account-sessions = Dónde has iniciado sesión
account-sessions-note = Si no reconoces alguna, ciérrala y cambia tu contraseña.
account-sessions-device = { $browser } en { $system }
account-sessions-unknown-browser = Navegador desconocido
account-sessions-unknown-system = un sistema desconocido
account-sessions-no-address = dirección desconocida
account-sessions-facts = { $address } · desde el { $since } · última actividad { $seen }
account-sessions-this = Esta sesión
account-sessions-end = Cerrar
account-sessions-end-this = Cerrar la sesión de { $device }
account-sessions-end-others = Cerrar todas las demás

done-session-ended = Sesión cerrada
done-sessions-ended = Todas tus demás sesiones se han cerrado
