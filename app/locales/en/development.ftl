# Pages of a development portal only.

development-mail-title = Caught mail
development-mail-notice = Development only: no mail server is set up, so nothing here was delivered.
development-mail-none = No mail has been sent yet.
development-mail-newest-first = Newest first
development-mail-number = No.
development-mail-from = From
development-mail-to = To
development-mail-subject = Subject
development-mail-received = Received
development-mail-back = All mail
development-mail-html = As HTML
development-mail-text = As text
development-mail-source = Show source

development-shops = Shops to try the portal with
development-shops-text = Development only: made-up shops of every platform. Their desk shows their addresses and keys, places orders and shows what the shop knows.
development-shops-open = Open the shops' desk
