# Conectar una tienda online: una página por plataforma.

connect-choose = ¿Dónde vendes? Los pedidos y los productos llegan de ahí solos.
connect-title = Conectar { $platform }
connect-again = Reconectar { $store }
connect-other = Otras formas de añadir una tienda
connect-go-on = Continuar en { $platform }
connect-asking = Preguntando a la tienda. Tarda hasta { $seconds } segundos.
connect-try-again = La tienda no se ha conectado y no lo reintentamos por nuestra cuenta. Comprueba que se abre en un navegador e inténtalo de nuevo. Si sigue fallando, pregunta a tu proveedor de alojamiento.
connect-leaving = Vamos a { $platform }
connect-leave = Seguir en { $platform }
connect-aside = Permisos
connect-permissions = Qué permisos pedimos y para qué
connect-never = Nunca tocamos
connect-never-why = Precios, existencias, descuentos, pagos ni el diseño de tu tienda
connect-older = Los pedidos de antes
connect-older-why = Se quedan fuera, pase lo que pase con ellos en tu tienda, para que nada se imprima dos veces. Para traerlos, sincroniza los pedidos desde una fecha

## Shopify

connect-shopify-tile = Con el nombre o la URL de tu tienda
connect-shopify-shop = Nombre o URL de la tienda
connect-shopify-shop-example = tu-tienda.myshopify.com
connect-shopify-shop-help = La dirección que termina en myshopify.com. En Shopify está en Configuración > Dominios.
connect-shopify-after = Shopify te enseña los mismos permisos y te pregunta si estás de acuerdo. Inicia sesión allí como propietario o como empleado que puede instalar aplicaciones.
connect-shopify-access = Lectura y escritura
connect-shopify-permission-1 = Leer productos
connect-shopify-permission-1-why = Para traerlos aquí y conectarlos al catálogo
connect-shopify-permission-2 = Leer pedidos y sus direcciones
connect-shopify-permission-2-why = Para imprimirlos y enviarlos en cuanto se pagan
connect-shopify-permission-3 = Preparar pedidos
connect-shopify-permission-3-why = Para marcarlos como enviados, con el seguimiento para tus compradores
connect-shopify-permission-4 = Añadir productos
connect-shopify-permission-4-why = Solo los que publiques desde aquí

## Etsy

connect-etsy-tile = Inicia sesión en Etsy y autoriza
connect-etsy-after = Inicia sesión en Etsy con la cuenta dueña de la tienda. Etsy te pregunta si estás de acuerdo y te trae de vuelta.
connect-etsy-access = Lectura y escritura
connect-etsy-permission-1 = Leer artículos
connect-etsy-permission-1-why = Para traerlos aquí y conectarlos al catálogo
connect-etsy-permission-2 = Leer pedidos
connect-etsy-permission-2-why = Para imprimirlos y enviarlos en cuanto se pagan
connect-etsy-permission-3 = Cambiar pedidos
connect-etsy-permission-3-why = Para marcarlos como enviados, con el seguimiento para tus compradores
connect-etsy-permission-4 = Añadir artículos
connect-etsy-permission-4-why = Solo como borradores y solo los que publiques desde aquí

## WooCommerce

connect-woocommerce-tile = En un clic o con claves de la API
connect-woocommerce-ways = Cómo conectar
connect-woocommerce-one-click = En un clic
connect-woocommerce-keys = Con claves
connect-woocommerce-shop = URL de la tienda
connect-woocommerce-shop-example = https://www.tu-tienda.es
connect-woocommerce-shop-help = Como la abren tus compradores, con su carpeta si la tiene.
connect-woocommerce-after = Tu tienda te enseña lo que pedimos. Inicia sesión allí como administrador y aprueba: ella misma crea las claves.
connect-woocommerce-no-page = ¿Tu tienda muestra un error?
connect-woocommerce-use-keys = Conectar con claves
connect-woocommerce-consumer-key = Consumer Key
connect-woocommerce-consumer-secret = Consumer Secret
connect-woocommerce-consumer-secret-help = Se guarda cifrado y aquí nadie puede leerlo.
connect-woocommerce-plain = Conectar sin HTTPS
connect-woocommerce-plain-note = Solo para una tienda que no lo tiene: quien escuche por el camino puede leer pedidos y direcciones.
connect-woocommerce-verify = Verificar y conectar
connect-woocommerce-where-keys = Dónde están las claves
connect-woocommerce-key-step-1 = En WordPress, abre WooCommerce > Ajustes > Avanzado > REST API
connect-woocommerce-key-step-2 = Pulsa Añadir clave y elige permisos de lectura y escritura
connect-woocommerce-key-step-3 = Copia las dos. El Consumer Secret solo se muestra una vez
connect-woocommerce-access = Lectura y escritura
connect-woocommerce-permission-1 = Leer productos
connect-woocommerce-permission-1-why = Para traerlos aquí y conectarlos al catálogo
connect-woocommerce-permission-2 = Leer pedidos
connect-woocommerce-permission-2-why = Para imprimirlos y enviarlos en cuanto se pagan
connect-woocommerce-permission-3 = Cambiar pedidos
connect-woocommerce-permission-3-why = Solo su estado, sus notas y el seguimiento
connect-woocommerce-permission-4 = Crear webhooks, añadir productos
connect-woocommerce-permission-4-why = Para enterarnos de los pedidos al momento; productos, solo cuando los publiques desde aquí
