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

development-shops = Tiendas para probar el portal
development-shops-text = Solo en desarrollo: tiendas inventadas de cada plataforma. Su mesa enseña sus direcciones y claves, hace pedidos y muestra lo que sabe la tienda.
development-shops-open = Abrir la mesa de las tiendas
