## Every mail

mail-greeting = Hola, { $name }:
mail-user-name = Nombre de usuario
mail-paste-link = Si el botón no funciona, abre esta dirección en tu navegador:
mail-link-valid = El enlace funciona una sola vez y es válido durante { $duration }, hasta el { $until }.
mail-hours =
    { $n ->
        [one] una hora
       *[other] { $n } horas
    }
mail-minutes =
    { $n ->
        [one] un minuto
       *[other] { $n } minutos
    }
mail-moment = { $day } de { $month } de { $year }, { $time } ({ $zone })
mail-month-1 = enero
mail-month-2 = febrero
mail-month-3 = marzo
mail-month-4 = abril
mail-month-5 = mayo
mail-month-6 = junio
mail-month-7 = julio
mail-month-8 = agosto
mail-month-9 = septiembre
mail-month-10 = octubre
mail-month-11 = noviembre
mail-month-12 = diciembre
mail-footer = { $company } gestiona { $portal }.
mail-footer-support = ¿Tienes preguntas? Escribe a { $email }.

## Invitations

mail-invitation-choose-password = Elige una contraseña para activar tu acceso.
mail-invitation-confirm = Ya tienes una cuenta: confirma con su contraseña para activar este acceso.
mail-invitation-action = Activar el acceso
mail-invitation-unexpected = ¿No esperabas este correo? Ignóralo: sin el enlace no entra nadie.

mail-invitation-client-admin-subject = { $company } te da acceso a { $portal }
mail-invitation-client-admin-preheader = Activa tu acceso a { $portal } para { $customer }.
mail-invitation-client-admin-heading = Tu acceso a { $portal }
mail-invitation-client-admin-body = { $company } ha abierto { $portal } para { $customer }. Administras la cuenta: conectas tiendas, realizas pedidos y añades a los demás usuarios.

mail-invitation-client-user-subject = { $customer } te da acceso a { $portal }
mail-invitation-client-user-preheader = Activa tu acceso a { $portal } para { $customer }.
mail-invitation-client-user-heading = Tu acceso a { $portal }
mail-invitation-client-user-body = { $customer } encarga sus impresiones a { $company } a través de { $portal } y te ha dado acceso.

mail-invitation-operator-subject = Tu acceso a { $portal } de { $company }
mail-invitation-operator-preheader = Activa tu acceso a { $portal }.
mail-invitation-operator-heading = Tu acceso a { $portal }
mail-invitation-operator-body = { $company } gestiona sus clientes, su catálogo y sus pedidos en { $portal } y te ha incorporado al equipo.

## Passwords

mail-password-reset-subject = Elige una contraseña nueva para { $portal }
mail-password-reset-preheader = El enlace solo es válido durante poco tiempo.
mail-password-reset-heading = Elige una contraseña nueva
mail-password-reset-body = Alguien ha pedido una contraseña nueva para tu cuenta.
mail-password-reset-action = Elegir contraseña nueva
mail-password-reset-unexpected = ¿No has sido tú? Ignora este correo: tu contraseña sigue siendo la misma.

mail-password-changed-subject = Tu contraseña de { $portal } ha cambiado
mail-password-changed-preheader = ¿No has sido tú? Elige ahora una contraseña nueva.
mail-password-changed-heading = Tu contraseña ha cambiado
mail-password-changed-body = La contraseña de tu cuenta se cambió el { $moment }. Tus otras sesiones se han cerrado.
mail-password-changed-action = Ir a { $portal }
mail-password-changed-unexpected = ¿No has sido tú? Pulsa ahora «¿La has olvidado?» en la página de inicio de sesión y avisa a { $company }.

## The security of an account

mail-device = { $browser } en { $system }
mail-unknown-browser = un navegador desconocido
mail-unknown-system = un sistema desconocido

mail-new-device-subject = Nuevo inicio de sesión en tu cuenta de { $portal }
mail-new-device-preheader = Alguien ha entrado en tu cuenta con un navegador que no conocíamos.
mail-new-device-heading = Nuevo inicio de sesión en tu cuenta
mail-new-device-body = El { $moment } alguien inició sesión en tu cuenta desde un navegador que no habías usado antes: { $device }, desde la dirección { $address }.
mail-new-device-action = Ver dónde has iniciado sesión
mail-new-device-unexpected = ¿Has sido tú? Entonces no tienes que hacer nada. ¿No has sido tú? Cierra esa sesión, cambia ahora tu contraseña y avisa a { $company }.

mail-two-factor-on-subject = La verificación en dos pasos está activada
mail-two-factor-on-preheader = A partir de ahora, para entrar también necesitas un código.
mail-two-factor-on-heading = La verificación en dos pasos está activada
mail-two-factor-on-body = Desde el { $moment } entras con tu contraseña y con un código de la aplicación de tu móvil. Guarda tus códigos de recuperación donde los encuentres sin el móvil.
mail-two-factor-on-action = Ver tus ajustes de seguridad
mail-two-factor-on-unexpected = ¿No has sido tú? Avisa ahora a { $company }: sin ese código no puedes entrar.

mail-two-factor-off-subject = La verificación en dos pasos está desactivada
mail-two-factor-off-preheader = A partir de ahora basta con tu contraseña para entrar.
mail-two-factor-off-heading = La verificación en dos pasos está desactivada
mail-two-factor-off-body = Desde el { $moment } basta con tu contraseña para entrar en tu cuenta. Los códigos de la aplicación de tu móvil y tus códigos de recuperación ya no funcionan.
mail-two-factor-off-action = Ver tus ajustes de seguridad
mail-two-factor-off-unexpected = ¿No has sido tú ni nadie a quien se lo hayas pedido? Cambia ahora tu contraseña, vuelve a activar la verificación en dos pasos y avisa a { $company }.

mail-recovery-code-used-subject = Se ha usado uno de tus códigos de recuperación
mail-recovery-code-used-preheader =
    { $codes ->
        [one] Te queda un código de recuperación.
       *[other] Te quedan { $codes } códigos de recuperación.
    }
mail-recovery-code-used-heading = Se ha usado uno de tus códigos de recuperación
mail-recovery-code-used-body = El { $moment } se usó uno de tus códigos de recuperación en lugar de un código de la aplicación de tu móvil. Ese código no vuelve a funcionar. { $codes ->
        [0] No te queda ninguno: genera otros nuevos.
        [one] Te queda uno.
       *[other] Te quedan { $codes }.
    }
mail-recovery-code-used-action = Ver tus ajustes de seguridad
mail-recovery-code-used-unexpected = ¿No has sido tú? Cambia ahora tu contraseña, genera códigos de recuperación nuevos y avisa a { $company }.

## Stores

mail-store-needs-reauthorisation-subject = Vuelve a conectar tu tienda { $store }
mail-store-needs-reauthorisation-preheader = Hasta entonces no entran sus pedidos.
mail-store-needs-reauthorisation-heading = Hay que volver a conectar { $store }
mail-store-needs-reauthorisation-body = La tienda { $store } ya no acepta la conexión con { $portal }. Hasta que la vuelvas a conectar, no entran sus pedidos ni recibe los envíos. Los productos, las conexiones y los pedidos se conservan como están.
mail-store-needs-reauthorisation-action = Volver a conectar la tienda
mail-store-needs-reauthorisation-unexpected = ¿Has retirado tú el permiso? Entonces desconecta la tienda y no recibirás más este correo.
mail-data-requested-subject = Un comprador de { $store } pide sus datos
mail-data-requested-preheader = Envíale lo que dicen de su persona sus pedidos.
mail-data-requested-heading = Un comprador pide sus datos
mail-data-requested-body = Un comprador de la tienda { $store } ha preguntado qué datos suyos se guardan. { $count ->
        [0] { $portal } no guarda ningún pedido suyo: díselo.
        [one] { $portal } guarda este pedido suyo: { $orders }. Envíale en el plazo de un mes lo que dice de su persona.
       *[other] { $portal } guarda estos pedidos suyos: { $orders }. Envíale en el plazo de un mes lo que dicen de su persona.
    }
mail-data-requested-action = Ver los pedidos
mail-data-requested-unexpected = Recibes este correo porque eres responsable de { $customer }. La plataforma de la tienda te dice quién es el comprador.
