/**
 * Sentences of your own in place of the widget's. What is absent stays as it is; `{0}`, `{1}` are filled in
 * with what stands there in the original, and what you write no gap for is not said. They serve whatever
 * language the element has: set others with it. Where a text is empty, beyond 1,000 bytes, or has a brace that
 * is no gap of the original, the widget's own stays, and `efecty-error` (`configuration`) names one such. What
 * is wrong with a field is not among them.
 */
export interface Strings {
  /** Cargando… / Loading… */
  loading?: string;
  /** Sigue cargando. Tu conexión parece lenta. / Still loading. Your connection seems slow. */
  loadingSlow?: string;
  /** ¿Quién paga? / Who is paying? */
  formTitle?: string;
  /** Con estos datos generamos tu número de pago Efecty. / We use these details to create your Efecty payment number. */
  formIntro?: string;
  /** Total del pedido / Order total */
  orderTotal?: string;
  /** Tipo de documento / Document type */
  documentType?: string;
  /** Número de documento / Document number */
  documentNumber?: string;
  /** Nombre completo / Full name */
  name?: string;
  /** Celular / Mobile phone */
  phone?: string;
  /** Correo electrónico / Email */
  email?: string;
  /** (opcional) / (optional) */
  optional?: string;
  /** ¿Quisiste decir {0}? / Did you mean {0}? */
  didYouMean?: string;
  /** Se enviará así: {0} / It is sent like this: {0} */
  sentAs?: string;
  /** Política de datos / Data policy */
  policy?: string;
  /** Versión {0} / Version {0} */
  policyVersion?: string;
  /** Generar número de pago / Create payment number */
  create?: string;
  /** Generando tu número de pago… / Creating your payment number… */
  creating?: string;
  /** Está tardando más de lo normal. Espera aquí, por favor. / This is taking longer than usual. Please wait here. */
  creatingSlow?: string;
  /** Revisa: {0}. / Check: {0}. */
  errorsFound?: string;
  /** Autorización de datos / Consent */
  consent?: string;
  /** Vende: {0} / Seller: {0} */
  seller?: string;
  /** NIT {0} / NIT {0} */
  taxId?: string;
  /** Puedes intentar de nuevo: no se genera un segundo número. / You can try again: no second number is created. */
  safeToRetry?: string;
  /** Pendiente de pago / Waiting for payment */
  pillPending?: string;
  /** Verificando / Checking */
  pillChecking?: string;
  /** Paga en efectivo en un punto {0} / Pay in cash at any {0} outlet */
  payTitle?: string;
  /** Le pagas a / You pay */
  paidTo?: string;
  /** Te paga / Paid by */
  paidBy?: string;
  /** Pedido {0} / Order {0} */
  orderNumber?: string;
  /** Pedido {0} en {1} / Order {0} at {1} */
  orderAt?: string;
  /** Convenio / Agreement (convenio) */
  agreement?: string;
  /** Referencia / Reference (referencia) */
  reference?: string;
  /** Valor exacto / Exact amount */
  exactAmount?: string;
  /** Valor / Amount */
  amount?: string;
  /** Copiar {0} / Copy {0} */
  copyThing?: string;
  /** Copiado / Copied */
  copied?: string;
  /** Copiado: {0} / Copied: {0} */
  copiedThing?: string;
  /** No se pudo copiar. Cópialo a mano. / Could not copy. Copy it by hand. */
  copyFailed?: string;
  /** Busca: {0} / Look for: {0} */
  brandsHint?: string;
  /** Paga antes del / Pay before */
  payBefore?: string;
  /** Hora de Colombia. / Colombian time. */
  colombianTime?: string;
  /** La mayoría de los puntos cierra antes: ve antes de {1} del {0}. / Most outlets close earlier: go before {1} on {0}. */
  lastVisit?: string;
  /** A esta hora la mayoría de los puntos ya cerró: busca uno que siga abierto. / Most outlets have closed by now: look for one that is still open. */
  outletsClosed?: string;
  /** Ocultar cuenta regresiva / Hide countdown */
  hideCountdown?: string;
  /** Mostrar cuenta regresiva / Show countdown */
  showCountdown?: string;
  /** Guardado en este equipo el {0}, y aún sin confirmar con la tienda. / Saved on this device on {0}, and not yet confirmed with the shop. */
  unverified?: string;
  /** En el punto {0} / At the {0} outlet */
  stepsTitle?: string;
  /** Di: «Voy a pagar el convenio {0}» / Say: “Voy a pagar el convenio {0}” */
  stepAgreement?: string;
  /** Di: «Voy a hacer un pago por {0}» / Say: “Voy a hacer un pago por {0}” */
  stepNetwork?: string;
  /** Dicta: {0}, número por número. / Read out: {0}, digit by digit. */
  stepReference?: string;
  /** Dicta: {0}, letra por letra y número por número. / Read out: {0}, letter by letter and digit by digit. */
  stepReferenceLetters?: string;
  /** Abre el comprobante de pago: ahí están los números que te pide el cajero. / Open the payment voucher: it has the numbers that the cashier asks for. */
  stepOpenVoucher?: string;
  /** Paga {0} en efectivo. / Pay {0} in cash. */
  stepAmount?: string;
  /** Revisa que el recibo diga {0} y guárdalo. / Check that the receipt says {0}, and keep it. */
  stepReceipt?: string;
  /** Después de pagar / After you pay */
  afterTitle?: string;
  /** Esta página te avisa cuando la tienda reciba la confirmación. Puedes cerrarla y volver. / This page tells you when the shop has the confirmation. You can close it and come back. */
  afterText?: string;
  /** Código de barras para el cajero / Barcode for the cashier */
  barcodeTitle?: string;
  /** Si el cajero tiene lector, muéstrale este código con el brillo al máximo. Si no lo lee, dicta los números. / If the cashier has a scanner, show this code at full brightness. If it is not read, read out the numbers. */
  barcodeHint?: string;
  /** El código de barras no cabe aquí. Dicta los números. / The barcode does not fit here. Read out the numbers. */
  barcodeTooFine?: string;
  /** Ver código de barras grande / Show large barcode */
  largeBarcode?: string;
  /** Cerrar código grande / Close large barcode */
  smallBarcode?: string;
  /** Llévalo en tu celular / Take it on your phone */
  handoverTitle?: string;
  /** Escanea con la cámara para llevar estos datos contigo. El cajero no necesita este código. / Scan with your camera to take these details with you. The cashier does not need this code. */
  handoverText?: string;
  /** Código QR con este pago, para otro celular / QR code with this payment, for another phone */
  handoverLabel?: string;
  /** Ver comprobante de pago / Open payment voucher */
  openVoucher?: string;
  /** Descargar PDF / Download PDF */
  openPdf?: string;
  /** Guardar imagen / Save image */
  takeImage?: string;
  /** Compartir / Share */
  takeShare?: string;
  /** Recordarme / Remind me */
  takeReminder?: string;
  /** Imprimir / Print */
  takePrint?: string;
  /** La imagen va a tus descargas. Si no la ves ahí, toma una captura de pantalla. / The image goes to your downloads. If you do not see it there, take a screenshot. */
  tookImage?: string;
  /** El recordatorio va a tus descargas: ábrelo para agregarlo a tu calendario. Si no lo ves ahí, anota la fecha. / The reminder goes to your downloads: open it to add it to your calendar. If you do not see it there, write the date down. */
  tookReminder?: string;
  /** No se pudo crear la imagen. Toma una captura de pantalla. / Could not make the image. Take a screenshot. */
  imageFailed?: string;
  /** No se pudo compartir desde aquí. Prueba así: / Could not share from here. Try this: */
  shareFailed?: string;
  /** No se pudo crear el recordatorio. / Could not make the reminder. */
  reminderFailed?: string;
  /** Este navegador no pudo imprimir. Guarda la imagen. / This browser could not print. Save the image. */
  printFailed?: string;
  /** Enviar por WhatsApp / Send by WhatsApp */
  shareByWhatsApp?: string;
  /** Copiar como texto / Copy as text */
  shareByCopy?: string;
  /** Datos del {0}: antes de ir, revisa que sigan vigentes. / As of {0}: before you go, check that it still holds. */
  asOf?: string;
  /** Pagar {0} en efectivo a {1} / Pay {0} in cash to {1} */
  remindPayment?: string;
  /** Retirar {0} en efectivo / Collect {0} in cash */
  remindPickup?: string;
  /** Ya pagué / I have paid */
  iHavePaid?: string;
  /** Estamos esperando la confirmación / Waiting for the confirmation */
  claimedTitle?: string;
  /** No pagues otra vez: el punto de pago avisa a la tienda, y puede tardar. Guarda tu recibo: esta página se actualiza sola. / Do not pay again: the outlet tells the shop, and it can take a while. Keep your receipt: this page updates itself. */
  claimedText?: string;
  /** Todavía no he pagado / I have not paid yet */
  notPaid?: string;
  /** Se actualiza sola. Revisado hace un momento / Updates itself. Checked just now */
  checkedNow?: string;
  /** Se actualiza sola. Revisado hace {0} / Updates itself. Checked {0} ago */
  checkedAgo?: string;
  /** No hemos podido revisar el pago. Lo seguimos intentando. / We could not check the payment. We keep trying. */
  checkFailed?: string;
  /** Última revisión: hace {0}. / Last checked {0} ago. */
  lastChecked?: string;
  /** El valor o los números cambiaron. Usa los de ahora. / The amount or the numbers have changed. Use these. */
  changed?: string;
  /** ¿Diste un dato equivocado? Corrígelo con la tienda: este número de pago sigue sirviendo. / Did you give wrong details? Correct them with the shop: this payment number is still good. */
  wrongData?: string;
  /** Revisar ahora / Check now */
  checkNow?: string;
  /** Estamos generando tu número de pago / We are creating your payment number */
  preparingTitle?: string;
  /** Tarda unos segundos. No tienes que hacer nada. / It takes a few seconds. You do not have to do anything. */
  preparingText?: string;
  /** Todavía no puedes pagar / You cannot pay yet */
  inactiveTitle?: string;
  /** Aún no / Not yet */
  pillInactive?: string;
  /** Desde el {0}, los puntos de pago reciben este pago. No vayas antes. / From {0} on, outlets take this payment. Do not go earlier. */
  inactiveText?: string;
  /** Te queda menos de un día. / Less than a day left. */
  leftDay?: string;
  /** Te queda menos de una hora. / Less than an hour left. */
  leftHour?: string;
  /** Te quedan menos de diez minutos. / Less than ten minutes left. */
  leftMinutes?: string;
  /** Verificando tu pago / Checking your payment */
  verifyingTitle?: string;
  /** El plazo terminó. Si ya pagaste, espera: la confirmación puede llegar más tarde. Si no has pagado, no pagues ahora. / The time to pay is over. If you have paid, wait: the confirmation may come later. If you have not paid, do not pay now. */
  verifyingText?: string;
  /** Ver los datos / Show the details */
  showCodes?: string;
  /** Ocultar los datos / Hide the details */
  hideCodes?: string;
  /** Recibimos tu pago / We received your payment */
  paidTitle?: string;
  /** {0} a {1} / {0} to {1} */
  paidText?: string;
  /** Pagado el {0} / Paid on {0} */
  paidOn?: string;
  /** Guarda el recibo que te dio el cajero. / Keep the receipt that the cashier gave you. */
  keepReceipt?: string;
  /** Recibimos tu pago, fuera de plazo / We received your payment, after the deadline */
  paidLateTitle?: string;
  /** La tienda lo aceptó. / The shop accepted it. */
  paidLateText?: string;
  /** Tu pago llegó fuera de plazo / Your payment came after the deadline */
  lateReviewTitle?: string;
  /** La tienda está decidiendo qué hacer y te lo dirá. No pagues otra vez. / The shop is deciding what to do and will tell you. Do not pay again. */
  lateReviewText?: string;
  /** El valor pagado no coincide / The amount paid does not match */
  mismatchTitle?: string;
  /** Debías pagar {0}. Habla con la tienda y no pagues otra vez. / You had to pay {0}. Talk to the shop and do not pay again. */
  mismatchText?: string;
  /** Debías pagar {0} y recibimos {2}. Habla con la tienda y no pagues otra vez. / You had to pay {0} and we received {2}. Talk to the shop and do not pay again. */
  mismatchPaidText?: string;
  /** El plazo para pagar terminó / The time to pay is over */
  expiredTitle?: string;
  /** No pagues este número. Si ya pagaste, guarda tu recibo: seguimos revisando. / Do not pay this number. If you have paid, keep your receipt: we keep checking. */
  expiredText?: string;
  /** Generar un número nuevo / Create a new number */
  renew?: string;
  /** NO PAGUES: el pedido fue cancelado / DO NOT PAY: the order was cancelled */
  cancelledTitle?: string;
  /** Este número ya no sirve. Si ya pagaste, guarda tu recibo y habla con la tienda. / This number is no longer good. If you have paid, keep your receipt and talk to the shop. */
  cancelledText?: string;
  /** Hay un número de pago más nuevo / There is a newer payment number */
  supersededTitle?: string;
  /** No pagues este. Usa el nuevo. / Do not pay this one. Use the new one. */
  supersededText?: string;
  /** Ver el número nuevo / Show the new number */
  openNew?: string;
  /** Te devolvieron este pago / This payment was refunded */
  refundedTitle?: string;
  /** La tienda te dirá cómo lo recibes. / The shop tells you how you get the money back. */
  refundedText?: string;
  /** Consulta con la tienda / Ask the shop */
  unknownTitle?: string;
  /** No sabemos cómo va este pago. Habla con la tienda antes de pagar. / We do not know how this payment stands. Talk to the shop before you pay. */
  unknownText?: string;
  /** PIN / PIN */
  pin?: string;
  /** Mostrar PIN / Show PIN */
  showPin?: string;
  /** Ocultar PIN / Hide PIN */
  hidePin?: string;
  /** Retira tu dinero en un punto {0} / Collect your money at any {0} outlet */
  pickupTitle?: string;
  /** Valor a recibir / Amount to receive */
  pickupAmount?: string;
  /** Por retirar / To be collected */
  pillPickup?: string;
  /** Retira antes del / Collect before */
  collectBefore?: string;
  /** Ve tú: solo se le entrega a la persona a cuyo nombre está el retiro. / Go yourself: the money is handed only to the person it is for. */
  pickupPerson?: string;
  /** Lleva tu documento original: {0}. / Bring your original document: {0}. */
  pickupBring?: string;
  /** Di que vas a retirar dinero y dicta la referencia. Da el PIN solo si el cajero lo pide. / Say that you are collecting money and read out the reference. Give the PIN only if the cashier asks. */
  pickupReference?: string;
  /** Di que vas a retirar dinero y dicta el PIN. No se lo des a nadie más. / Say that you are collecting money and read out the PIN. Give it to nobody else. */
  pickupPin?: string;
  /** Cuenta el dinero antes de irte y guarda el recibo. / Count the money before you go, and keep the receipt. */
  pickupCount?: string;
  /** Verificando tu retiro / Checking your collection */
  pickupVerifyingTitle?: string;
  /** El plazo para retirar terminó. Estamos preguntando a la tienda: no vayas todavía. / The time to collect is over. We are asking the shop: do not go yet. */
  pickupVerifyingText?: string;
  /** Ya retiraste tu dinero / You have collected your money */
  collectedTitle?: string;
  /** Recibiste {0}. Si no fuiste tú, habla ya con la tienda. / You received {0}. If it was not you, talk to the shop now. */
  collectedText?: string;
  /** El plazo para retirar terminó / The time to collect is over */
  pickupExpiredTitle?: string;
  /** Ya no puedes retirar con estos datos. Habla con la tienda. / You can no longer collect with these details. Talk to the shop. */
  pickupExpiredText?: string;
  /** Este retiro fue cancelado / This collection was cancelled */
  pickupCancelledTitle?: string;
  /** No sabemos cómo va este retiro. Habla con la tienda antes de ir. / We do not know how this collection stands. Talk to the shop before you go. */
  pickupUnknownText?: string;
  /** ¿Necesitas ayuda? / Need help? */
  helpTitle?: string;
  /** Habla con {0} y dale estos datos. / Talk to {0} and pass on these details. */
  helpText?: string;
  /** No pudimos mostrar el pago / We could not show the payment */
  failureTitle?: string;
  /** No hay conexión con la tienda. Revisa tu internet. / No connection to the shop. Check your internet. */
  troubleNetwork?: string;
  /** La tienda no respondió a tiempo. / The shop did not answer in time. */
  troubleTimeout?: string;
  /** La tienda tiene un problema en este momento. / The shop has a problem right now. */
  troubleBackend?: string;
  /** La tienda no encuentra este pago. / The shop cannot find this payment. */
  troubleNotFound?: string;
  /** La tienda no aceptó la solicitud. / The shop did not accept the request. */
  troubleRefused?: string;
  /** Este pedido ya no se puede pagar. Habla con la tienda. / This order can no longer be paid. Talk to the shop. */
  troubleOrderClosed?: string;
  /** La respuesta de la tienda no se puede mostrar. / The shop's answer cannot be shown. */
  troubleAnswer?: string;
  /** Intentar de nuevo / Try again */
  retry?: string;
  /** Copiar datos para soporte / Copy details for support */
  copySupport?: string;
  /** Para soporte: {0} / For support: {0} */
  forSupport?: string;
}
