# Páginas que solo tiene un portal en desarrollo.

development-mail-title = Correo capturado
development-mail-notice = Solo en desarrollo: no hay servidor de correo, así que nada de esto se ha entregado.
development-mail-none = Aún no se ha enviado ningún correo.
development-mail-newest-first = Lo más reciente primero
development-mail-number = N.º
development-mail-from = De
development-mail-to = Para
development-mail-subject = Asunto
development-mail-received = Recibido
development-mail-back = Todos los correos
development-mail-html = Como HTML
development-mail-text = Como texto
development-mail-source = Ver el código fuente
