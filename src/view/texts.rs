//! Every sentence that the widget says, in both languages, and the page's own in their place.
//!
//! `{0}` to `{9}` are filled in.

use std::cell::RefCell;
use std::rc::Rc;

use crate::language::Language;
use crate::wire::Json;

macro_rules! texts {
    ($($name:ident: $es:literal, $en:literal;)*) => {
        /// A sentence of the widget.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Say { $($name),* }

        /// The name of every sentence, of which the page writes the first letter small, then every sentence
        /// in Spanish, then in English, one after the other: addresses of them would weigh three times as
        /// much as lengths.
        const ALL: &str = concat!($(stringify!($name),)* $($es,)* $($en),*);

        /// How long each of them is, in bytes.
        const LENGTHS: &[u8] = &[
            $(stringify!($name).len() as u8,)*
            $($es.len() as u8,)*
            $($en.len() as u8),*
        ];
    };
}

/// How many sentences there are.
const COUNT: usize = LENGTHS.len() / 3;

/// Every length fits.
const _: () = {
    let (mut i, mut whole) = (0, 0);
    while i < LENGTHS.len() {
        whole += LENGTHS[i] as usize;
        i += 1;
    }
    assert!(whole == ALL.len());
};

/// The text with this index of all.
#[inline(never)]
fn stored(i: usize) -> &'static str {
    let (before, rest) = LENGTHS.split_at(i);
    let start: usize = before.iter().map(|length| usize::from(*length)).sum();
    ALL.get(start..start + usize::from(rest[0])).unwrap_or_default()
}

texts! {
    Loading: "Cargando…", "Loading…";
    LoadingSlow: "Sigue cargando. Tu conexión parece lenta.", "Still loading. Your connection seems slow.";

    FormTitle: "¿Quién paga?", "Who is paying?";
    FormIntro: "Con estos datos generamos tu número de pago Efecty.", "We use these details to create your Efecty payment number.";
    OrderTotal: "Total del pedido", "Order total";
    DocumentType: "Tipo de documento", "Document type";
    DocumentNumber: "Número de documento", "Document number";
    Name: "Nombre completo", "Full name";
    Phone: "Celular", "Mobile phone";
    Email: "Correo electrónico", "Email";
    Optional: "(opcional)", "(optional)";
    DidYouMean: "¿Quisiste decir {0}?", "Did you mean {0}?";
    SentAs: "Se enviará así: {0}", "It is sent like this: {0}";
    Policy: "Política de datos", "Data policy";
    PolicyVersion: "Versión {0}", "Version {0}";
    Create: "Generar número de pago", "Create payment number";
    Creating: "Generando tu número de pago…", "Creating your payment number…";
    CreatingSlow: "Está tardando más de lo normal. Espera aquí, por favor.", "This is taking longer than usual. Please wait here.";
    ErrorsFound: "Revisa: {0}.", "Check: {0}.";
    Consent: "Autorización de datos", "Consent";
    Seller: "Vende: {0}", "Seller: {0}";
    TaxId: "NIT {0}", "NIT {0}";
    SafeToRetry: "Puedes intentar de nuevo: no se genera un segundo número.", "You can try again: no second number is created.";

    PillPending: "Pendiente de pago", "Waiting for payment";
    PillChecking: "Verificando", "Checking";
    PayTitle: "Paga en efectivo en un punto {0}", "Pay in cash at any {0} outlet";
    PaidTo: "Le pagas a", "You pay";
    PaidBy: "Te paga", "Paid by";
    OrderNumber: "Pedido {0}", "Order {0}";
    OrderAt: "Pedido {0} en {1}", "Order {0} at {1}";
    Agreement: "Convenio", "Agreement (convenio)";
    Reference: "Referencia", "Reference (referencia)";
    ExactAmount: "Valor exacto", "Exact amount";
    Amount: "Valor", "Amount";
    CopyThing: "Copiar {0}", "Copy {0}";
    Copied: "Copiado", "Copied";
    CopiedThing: "Copiado: {0}", "Copied: {0}";
    CopyFailed: "No se pudo copiar. Cópialo a mano.", "Could not copy. Copy it by hand.";
    BrandsHint: "Busca: {0}", "Look for: {0}";

    PayBefore: "Paga antes del", "Pay before";
    ColombianTime: "Hora de Colombia.", "Colombian time.";
    LastVisit: "La mayoría de los puntos cierra antes: ve antes de {1} del {0}.", "Most outlets close earlier: go before {1} on {0}.";
    OutletsClosed: "A esta hora la mayoría de los puntos ya cerró: busca uno que siga abierto.", "Most outlets have closed by now: look for one that is still open.";
    HideCountdown: "Ocultar cuenta regresiva", "Hide countdown";
    ShowCountdown: "Mostrar cuenta regresiva", "Show countdown";
    Unverified: "Guardado en este equipo el {0}, y aún sin confirmar con la tienda.", "Saved on this device on {0}, and not yet confirmed with the shop.";

    StepsTitle: "En el punto {0}", "At the {0} outlet";
    StepAgreement: "Di: «Voy a pagar el convenio {0}»", "Say: “Voy a pagar el convenio {0}”";
    StepNetwork: "Di: «Voy a hacer un pago por {0}»", "Say: “Voy a hacer un pago por {0}”";
    StepReference: "Dicta: {0}, número por número.", "Read out: {0}, digit by digit.";
    StepReferenceLetters: "Dicta: {0}, letra por letra y número por número.", "Read out: {0}, letter by letter and digit by digit.";
    StepOpenVoucher: "Abre el comprobante de pago: ahí están los números que te pide el cajero.", "Open the payment voucher: it has the numbers that the cashier asks for.";
    StepAmount: "Paga {0} en efectivo.", "Pay {0} in cash.";
    StepReceipt: "Revisa que el recibo diga {0} y guárdalo.", "Check that the receipt says {0}, and keep it.";
    AfterTitle: "Después de pagar", "After you pay";
    AfterText: "Esta página te avisa cuando la tienda reciba la confirmación. Puedes cerrarla y volver.", "This page tells you when the shop has the confirmation. You can close it and come back.";

    BarcodeTitle: "Código de barras para el cajero", "Barcode for the cashier";
    BarcodeHint: "Si el cajero tiene lector, muéstrale este código con el brillo al máximo. Si no lo lee, dicta los números.", "If the cashier has a scanner, show this code at full brightness. If it is not read, read out the numbers.";
    BarcodeTooFine: "El código de barras no cabe aquí. Dicta los números.", "The barcode does not fit here. Read out the numbers.";
    LargeBarcode: "Ver código de barras grande", "Show large barcode";
    SmallBarcode: "Cerrar código grande", "Close large barcode";

    HandoverTitle: "Llévalo en tu celular", "Take it on your phone";
    HandoverText: "Escanea con la cámara para llevar estos datos contigo. El cajero no necesita este código.", "Scan with your camera to take these details with you. The cashier does not need this code.";
    HandoverLabel: "Código QR con este pago, para otro celular", "QR code with this payment, for another phone";
    OpenVoucher: "Ver comprobante de pago", "Open payment voucher";
    OpenPdf: "Descargar PDF", "Download PDF";

    TakeImage: "Guardar imagen", "Save image";
    TakeShare: "Compartir", "Share";
    TakeReminder: "Recordarme", "Remind me";
    TakePrint: "Imprimir", "Print";
    TookImage: "La imagen va a tus descargas. Si no la ves ahí, toma una captura de pantalla.", "The image goes to your downloads. If you do not see it there, take a screenshot.";
    TookReminder: "El recordatorio va a tus descargas: ábrelo para agregarlo a tu calendario. Si no lo ves ahí, anota la fecha.", "The reminder goes to your downloads: open it to add it to your calendar. If you do not see it there, write the date down.";
    ImageFailed: "No se pudo crear la imagen. Toma una captura de pantalla.", "Could not make the image. Take a screenshot.";
    ShareFailed: "No se pudo compartir desde aquí. Prueba así:", "Could not share from here. Try this:";
    ReminderFailed: "No se pudo crear el recordatorio.", "Could not make the reminder.";
    PrintFailed: "Este navegador no pudo imprimir. Guarda la imagen.", "This browser could not print. Save the image.";
    ShareByWhatsApp: "Enviar por WhatsApp", "Send by WhatsApp";
    ShareByCopy: "Copiar como texto", "Copy as text";
    AsOf: "Datos del {0}: antes de ir, revisa que sigan vigentes.", "As of {0}: before you go, check that it still holds.";
    RemindPayment: "Pagar {0} en efectivo a {1}", "Pay {0} in cash to {1}";
    RemindPickup: "Retirar {0} en efectivo", "Collect {0} in cash";

    IHavePaid: "Ya pagué", "I have paid";
    ClaimedTitle: "Estamos esperando la confirmación", "Waiting for the confirmation";
    ClaimedText: "No pagues otra vez: el punto de pago avisa a la tienda, y puede tardar. Guarda tu recibo: esta página se actualiza sola.", "Do not pay again: the outlet tells the shop, and it can take a while. Keep your receipt: this page updates itself.";
    NotPaid: "Todavía no he pagado", "I have not paid yet";
    CheckedNow: "Se actualiza sola. Revisado hace un momento", "Updates itself. Checked just now";
    CheckedAgo: "Se actualiza sola. Revisado hace {0}", "Updates itself. Checked {0} ago";
    CheckFailed: "No hemos podido revisar el pago. Lo seguimos intentando.", "We could not check the payment. We keep trying.";
    LastChecked: "Última revisión: hace {0}.", "Last checked {0} ago.";
    Changed: "El valor o los números cambiaron. Usa los de ahora.", "The amount or the numbers have changed. Use these.";
    WrongData: "¿Diste un dato equivocado? Corrígelo con la tienda: este número de pago sigue sirviendo.", "Did you give wrong details? Correct them with the shop: this payment number is still good.";
    CheckNow: "Revisar ahora", "Check now";

    PreparingTitle: "Estamos generando tu número de pago", "We are creating your payment number";
    PreparingText: "Tarda unos segundos. No tienes que hacer nada.", "It takes a few seconds. You do not have to do anything.";
    InactiveTitle: "Todavía no puedes pagar", "You cannot pay yet";
    PillInactive: "Aún no", "Not yet";
    InactiveText: "Desde el {0}, los puntos de pago reciben este pago. No vayas antes.", "From {0} on, outlets take this payment. Do not go earlier.";
    LeftDay: "Te queda menos de un día.", "Less than a day left.";
    LeftHour: "Te queda menos de una hora.", "Less than an hour left.";
    LeftMinutes: "Te quedan menos de diez minutos.", "Less than ten minutes left.";
    VerifyingTitle: "Verificando tu pago", "Checking your payment";
    VerifyingText: "El plazo terminó. Si ya pagaste, espera: la confirmación puede llegar más tarde. Si no has pagado, no pagues ahora.", "The time to pay is over. If you have paid, wait: the confirmation may come later. If you have not paid, do not pay now.";
    ShowCodes: "Ver los datos", "Show the details";
    HideCodes: "Ocultar los datos", "Hide the details";

    PaidTitle: "Recibimos tu pago", "We received your payment";
    PaidText: "{0} a {1}", "{0} to {1}";
    PaidOn: "Pagado el {0}", "Paid on {0}";
    KeepReceipt: "Guarda el recibo que te dio el cajero.", "Keep the receipt that the cashier gave you.";
    PaidLateTitle: "Recibimos tu pago, fuera de plazo", "We received your payment, after the deadline";
    PaidLateText: "La tienda lo aceptó.", "The shop accepted it.";
    LateReviewTitle: "Tu pago llegó fuera de plazo", "Your payment came after the deadline";
    LateReviewText: "La tienda está decidiendo qué hacer y te lo dirá. No pagues otra vez.", "The shop is deciding what to do and will tell you. Do not pay again.";
    MismatchTitle: "El valor pagado no coincide", "The amount paid does not match";
    MismatchText: "Debías pagar {0}. Habla con la tienda y no pagues otra vez.", "You had to pay {0}. Talk to the shop and do not pay again.";
    MismatchPaidText: "Debías pagar {0} y recibimos {2}. Habla con la tienda y no pagues otra vez.", "You had to pay {0} and we received {2}. Talk to the shop and do not pay again.";
    ExpiredTitle: "El plazo para pagar terminó", "The time to pay is over";
    ExpiredText: "No pagues este número. Si ya pagaste, guarda tu recibo: seguimos revisando.", "Do not pay this number. If you have paid, keep your receipt: we keep checking.";
    Renew: "Generar un número nuevo", "Create a new number";
    CancelledTitle: "NO PAGUES: el pedido fue cancelado", "DO NOT PAY: the order was cancelled";
    CancelledText: "Este número ya no sirve. Si ya pagaste, guarda tu recibo y habla con la tienda.", "This number is no longer good. If you have paid, keep your receipt and talk to the shop.";
    SupersededTitle: "Hay un número de pago más nuevo", "There is a newer payment number";
    SupersededText: "No pagues este. Usa el nuevo.", "Do not pay this one. Use the new one.";
    OpenNew: "Ver el número nuevo", "Show the new number";
    RefundedTitle: "Te devolvieron este pago", "This payment was refunded";
    RefundedText: "La tienda te dirá cómo lo recibes.", "The shop tells you how you get the money back.";
    UnknownTitle: "Consulta con la tienda", "Ask the shop";
    UnknownText: "No sabemos cómo va este pago. Habla con la tienda antes de pagar.", "We do not know how this payment stands. Talk to the shop before you pay.";

    Pin: "PIN", "PIN";
    ShowPin: "Mostrar PIN", "Show PIN";
    HidePin: "Ocultar PIN", "Hide PIN";
    PickupTitle: "Retira tu dinero en un punto {0}", "Collect your money at any {0} outlet";
    PickupAmount: "Valor a recibir", "Amount to receive";
    PillPickup: "Por retirar", "To be collected";
    CollectBefore: "Retira antes del", "Collect before";
    PickupPerson: "Ve tú: solo se le entrega a la persona a cuyo nombre está el retiro.", "Go yourself: the money is handed only to the person it is for.";
    PickupBring: "Lleva tu documento original: {0}.", "Bring your original document: {0}.";
    PickupReference: "Di que vas a retirar dinero y dicta la referencia. Da el PIN solo si el cajero lo pide.", "Say that you are collecting money and read out the reference. Give the PIN only if the cashier asks.";
    PickupPin: "Di que vas a retirar dinero y dicta el PIN. No se lo des a nadie más.", "Say that you are collecting money and read out the PIN. Give it to nobody else.";
    PickupCount: "Cuenta el dinero antes de irte y guarda el recibo.", "Count the money before you go, and keep the receipt.";
    PickupVerifyingTitle: "Verificando tu retiro", "Checking your collection";
    PickupVerifyingText: "El plazo para retirar terminó. Estamos preguntando a la tienda: no vayas todavía.", "The time to collect is over. We are asking the shop: do not go yet.";
    CollectedTitle: "Ya retiraste tu dinero", "You have collected your money";
    CollectedText: "Recibiste {0}. Si no fuiste tú, habla ya con la tienda.", "You received {0}. If it was not you, talk to the shop now.";
    PickupExpiredTitle: "El plazo para retirar terminó", "The time to collect is over";
    PickupExpiredText: "Ya no puedes retirar con estos datos. Habla con la tienda.", "You can no longer collect with these details. Talk to the shop.";
    PickupCancelledTitle: "Este retiro fue cancelado", "This collection was cancelled";
    PickupUnknownText: "No sabemos cómo va este retiro. Habla con la tienda antes de ir.", "We do not know how this collection stands. Talk to the shop before you go.";

    HelpTitle: "¿Necesitas ayuda?", "Need help?";
    HelpText: "Habla con {0} y dale estos datos.", "Talk to {0} and pass on these details.";

    FailureTitle: "No pudimos mostrar el pago", "We could not show the payment";
    TroubleNetwork: "No hay conexión con la tienda. Revisa tu internet.", "No connection to the shop. Check your internet.";
    TroubleTimeout: "La tienda no respondió a tiempo.", "The shop did not answer in time.";
    TroubleBackend: "La tienda tiene un problema en este momento.", "The shop has a problem right now.";
    TroubleNotFound: "La tienda no encuentra este pago.", "The shop cannot find this payment.";
    TroubleRefused: "La tienda no aceptó la solicitud.", "The shop did not accept the request.";
    TroubleOrderClosed: "Este pedido ya no se puede pagar. Habla con la tienda.", "This order can no longer be paid. Talk to the shop.";
    TroubleAnswer: "La respuesta de la tienda no se puede mostrar.", "The shop's answer cannot be shown.";
    Retry: "Intentar de nuevo", "Try again";
    CopySupport: "Copiar datos para soporte", "Copy details for support";
    ForSupport: "Para soporte: {0}", "For support: {0}";
}

/// Sentences of the page's own, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strings {
    own: Vec<(usize, &'static str)>,
    /// One that was left out.
    pub(crate) wrong: Option<usize>,
}

thread_local! {
    /// What is said in place of the widget's own sentences, by whoever draws at present.
    static SPOKEN: RefCell<Rc<Strings>> = RefCell::default();
    /// Texts live for good, each once: what a page sets again and again takes no more room.
    static KEPT: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

impl Strings {
    /// The longest text that is taken over, in bytes.
    pub const MAX_LENGTH: usize = 1_000;

    /// Reads an object of texts by name, such as `{ "payTitle": "…" }`. A text that is none, or has a
    /// gap that the widget's own sentence has not, is left out; a gap that it lacks is not filled in.
    pub fn read(json: impl Json) -> Strings {
        let mut strings = Strings::default();
        for i in 0..COUNT {
            let Some(value) = json.member(&small(stored(i))) else { continue };
            match value.text() {
                Some(text) if fits(&text, stored(COUNT + i)) => strings.own.push((i, keep(text))),
                _ => strings.wrong = Some(i),
            }
        }
        strings
    }

    /// What was expected of one that was left out, and where.
    #[inline(never)]
    pub fn complaint(&self) -> Option<String> {
        let name = small(stored(self.wrong?));
        Some(
            ["expected a text with the gaps of the original at ", &name, " of the property strings"].concat(),
        )
    }

    /// Says these from now on, until others are to be said.
    pub fn speak(self: &Rc<Strings>) {
        SPOKEN.set(self.clone());
    }

    fn get(&self, say: Say) -> Option<&'static str> {
        self.own.iter().find(|(i, _)| *i == say as usize).map(|(_, text)| *text)
    }
}

fn keep(text: String) -> &'static str {
    KEPT.with_borrow_mut(|kept| match kept.iter().find(|known| **known == text) {
        Some(known) => known,
        None => {
            let text: &'static str = Box::leak(text.into_boxed_str());
            kept.push(text);
            text
        }
    })
}

/// `payTitle` of `PayTitle`.
fn small(name: &str) -> String {
    let mut name = name.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    name
}

impl Say {
    /// Every sentence as the page may name it, with its Spanish and its English text.
    pub fn all() -> impl Iterator<Item = (String, &'static str, &'static str)> {
        (0..COUNT).map(|i| (small(stored(i)), stored(COUNT + i), stored(2 * COUNT + i)))
    }

    /// The sentence in `language`, or what the page says instead.
    pub fn text(self, language: Language) -> &'static str {
        if let Some(own) = SPOKEN.with_borrow(|strings| strings.get(self)) {
            return own;
        }
        let sentences = match language {
            Language::Es => COUNT,
            Language::En => 2 * COUNT,
        };
        stored(sentences + self as usize)
    }

    /// The sentence with `{0}` to `{9}` filled in.
    pub fn fill(self, language: Language, values: &[&str]) -> String {
        let mut filled = String::new();
        let mut rest = self.text(language);
        while let Some((before, index, after)) = next_gap(rest) {
            filled.push_str(before);
            filled.push_str(values.get(index).copied().unwrap_or_default());
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}

/// Whether `text` has a length to be shown, and no brace that is not a gap of `original`.
#[inline(never)]
fn fits(text: &str, original: &str) -> bool {
    let (text, original) = (text.as_bytes(), original.as_bytes());
    let is_gap = |rest: &[u8]| original.windows(3).any(|gap| rest.starts_with(gap));
    (1..=Strings::MAX_LENGTH).contains(&text.len())
        && (0..text.len()).all(|i| text[i] != b'{' || is_gap(&text[i..]))
}

/// What stands before the first gap, its number, and what stands after it.
pub(super) fn next_gap(text: &str) -> Option<(&str, usize, &str)> {
    let start = text.bytes().position(|b| b == b'{')?;
    let index = text.as_bytes().get(start + 1)?.wrapping_sub(b'0');
    Some((text.get(..start)?, usize::from(index), text.get(start + 3..)?))
}
