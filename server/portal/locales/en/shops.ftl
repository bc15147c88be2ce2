# What people of a shop read on an order there.

shop-remark-in-production = { $company } has begun to produce this order.
shop-remark-shipped = { $company } has shipped this order.
shop-remark-delivered = The parcel from { $company } has arrived.
shop-remark-cancelled = { $company } will not produce this order: it was cancelled there.
shop-remark-rest-cancelled = { $company } will not send the rest of this order: { $lines }. It was cancelled there.

# What buyers read.

shop-parcel = Your order is on its way with { $carrier }.
shop-parcel-part = Part of your order is on its way with { $carrier }: { $lines }.
shop-parcel-tracking = Tracking: { $tracking }
