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

## Stores

mail-store-needs-reauthorisation-subject = Vuelve a conectar tu tienda { $store }
mail-store-needs-reauthorisation-preheader = Hasta entonces no entran sus pedidos.
mail-store-needs-reauthorisation-heading = Hay que volver a conectar { $store }
mail-store-needs-reauthorisation-body = La tienda { $store } ya no acepta la conexión con { $portal }. Hasta que la vuelvas a conectar, no entran sus pedidos ni recibe los envíos. Los productos, las conexiones y los pedidos se conservan como están.
mail-store-needs-reauthorisation-action = Volver a conectar la tienda
mail-store-needs-reauthorisation-unexpected = ¿Has retirado tú el permiso? Entonces desconecta la tienda y no recibirás más este correo.
