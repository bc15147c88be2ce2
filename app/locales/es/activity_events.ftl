# El inspector de eventos.

activity-events = Inspector de eventos
activity-events-caption = Eventos, primero los nuevos
activity-events-stopped = Con error
activity-event = Evento
activity-event-time = Hora
activity-event-direction = Dirección
activity-event-in = Entrante
activity-event-out = Saliente
activity-event-store = Tienda
activity-event-order = Pedido
activity-event-code = Código
activity-event-platform = Plataforma
activity-event-topic = Evento
activity-event-from = Desde
activity-of-store = Tienda: { $store }
activity-of-order = Pedido: { $order }
activity-event-kind-webhook = Webhook
activity-event-kind-poll = Consulta
activity-event-kind-call = Llamada
activity-no-events = Todavía no hay eventos
activity-no-events-text = Aquí aparece, según ocurre, lo que nos dicen las tiendas y lo que les preguntamos.
activity-no-events-match = Ningún evento coincide
activity-no-events-match-text = Los eventos se conservan 90 días. Prueba con menos filtros.

## Un evento

activity-event-panes = Cómo llegó, cómo se entendió y qué se respondió
activity-event-request = Mensaje original
activity-event-mapping = Resultado
activity-event-response = Respuesta
activity-event-result = Resultado
activity-event-result-order = Pedido en la tienda
activity-event-result-product = Producto en la tienda
activity-event-result-taken-in = Qué pasó
activity-event-result-permissions = Permisos
activity-event-result-erased = Borrado
activity-event-result-unreadable = Ilegible
activity-event-result-call = La respuesta fue al trabajo que preguntó.
activity-event-result-waiting = Un trabajo está en camino.
activity-event-result-nothing = No pedía nada.
activity-event-taken-in-unknown = La tienda ya no lo conoce
activity-event-taken-in-created = Un pedido nuevo
activity-event-taken-in-changed = El pedido cambió
activity-event-taken-in-unchanged = Nada nuevo
activity-event-taken-in-older = Más antiguo que lo que tenemos
activity-event-taken-in-not-wanted = No es para nosotros
activity-event-taken-in-placed-before = Hecho antes de conectar la tienda: se queda fuera
activity-event-taken-in-over-already = Hecho antes de conectar la tienda y ya terminado: se queda fuera
activity-event-listed = Encontrado en una lista que hemos pedido.
activity-event-taken-in-out-of-sight = Shopify solo muestra pedidos de los últimos 60 días: de este, más antiguo, no se sabe nada y se queda como está
activity-event-acknowledged = Confirmado en cuanto se guardó
activity-event-answered = HTTP { $status } en { $took }
activity-event-not-answered = Sin respuesta
activity-event-left-out = { $count ->
    [one] No se muestra 1 carácter más
   *[other] No se muestran { $count } caracteres más
}
activity-event-status = La tienda respondió con el estado { $status }.
activity-event-parked = Retenido: el cliente no tiene acceso, o la tienda está en pausa o sin conexión
activity-event-parked-text = Se atiende en cuanto vuelvan, o si lo reintentas.
activity-event-about = Sobre este evento
activity-event-attempt = Intento
activity-event-id = ID del evento
activity-event-see-job = Ver el trabajo
activity-event-not-there = Este evento ya no existe
activity-event-not-stopped = Está hecho o en curso, o lo enviamos nosotros
activity-events-left = { $count ->
    [one] 1 evento se quedó como estaba
   *[other] { $count } eventos se quedaron como estaban
}

done-event-retried = El evento se atiende otra vez
done-events-retried = { $count ->
    [0] No se reintentó ningún evento
    [one] 1 evento se atiende otra vez
   *[other] { $count } eventos se atienden otra vez
}
problem-event-not-stopped = Está hecho o en curso, o lo enviamos nosotros: lo que decimos lo repite su trabajo
