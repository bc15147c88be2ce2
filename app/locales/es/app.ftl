# Words every page shares.

nav-customers = Clientes
nav-orders = Pedidos
nav-catalogue = Catálogo
nav-activity = Actividad
nav-company = Empresa
nav-team = Equipo
nav-dashboard = Panel
nav-stores = Tiendas
nav-settings = Configuración

## Permisos

role-administrator = Administrador
role-operator = Operador
role-production = Producción
role-account-admin = Administrador de la cuenta
role-admin = Admin
role-store-manager = Store Manager
role-order-manager = Gestor de pedidos
role-view-only = Solo ver

## Dates

month-1 = ene
month-2 = feb
month-3 = mar
month-4 = abr
month-5 = may
month-6 = jun
month-7 = jul
month-8 = ago
month-9 = sep
month-10 = oct
month-11 = nov
month-12 = dic
ago-now = ahora mismo
ago-minutes = hace { $minutes } min
ago-hours = hace { $hours } h

## What was just done

done-welcome = Tu cuenta está lista
done-reset-requested = Si la dirección es de un usuario, ya va un enlace en camino
done-password-changed = Contraseña cambiada
done-profile-saved = Perfil guardado

## Instead of a page

app-error-start = Ir a la página de inicio
app-error-not-found-title = Esta página no existe
app-error-not-found-text = La dirección no es correcta, o lo que había aquí ya no está.
app-error-forbidden-title = Tu permiso no incluye esto
app-error-forbidden-text = Un administrador puede cambiar tu permiso.
app-error-forbidden-client-title = Tu permiso no incluye esto
app-error-forbidden-client-text = El administrador de tu cuenta puede darte otro.
app-error-conflict-title = Esto ha cambiado mientras tanto
app-error-conflict-text = Vuelve atrás, recarga la página e inténtalo de nuevo.
app-error-broken-title = Algo ha fallado por nuestra parte
app-error-broken-text = No se ha cambiado nada. Inténtalo de nuevo en un momento.
app-error-busy-title = El portal está ocupado
app-error-busy-text = No se ha guardado nada. Vuelve atrás e inténtalo de nuevo en un momento.
app-error-reference = Referencia para el equipo de soporte:
app-error-too-large-title = Esto es demasiado grande
app-error-too-large-text = Envía menos de una vez o un archivo más pequeño.

## Progress

app-progress = { $state }, { $done } de { $total }
app-progress-waits = En espera, próximo intento a las { $time }
app-progress-percent = { $state }, { $done } %

## Lo que encuentra la búsqueda

search-order = Pedido
search-customer = Cliente
search-product = Producto
search-store = Tienda
search-store-product = Producto de la tienda
search-operator = Operador
search-user = Usuario
