// What is measured: our codes and those of other packages, the same contents as SVG, with the quiet zones
// that the standards ask for and, for QR codes, the same error correction.
import bwip from 'bwip-js';
import { create } from 'qrcode/lib/core/qrcode.js';
import { render } from 'qrcode/lib/renderer/svg-tag.js';
import { renderSVG } from 'uqr';

/** The other packages. */
export const packages = ['qrcode', 'uqr', 'bwip-js'];

const LINKS = ['https://tienda.example/v/#vch_7Qm2ZtR9xK4bN8wL', 'https://pagos.tienda.example/c/#0123456789abcdefABCDEF0123456789'];
const MESSAGES = [
  'Paga en efectivo en un punto Efecty\nPedido A-1042 en Tienda Ejemplo SAS\nConvenio: 111992\n' +
    'Referencia: 48772157429542\nValor exacto: $\u00a052.000\nPaga antes del lunes 30 de noviembre, 9:05\u00a0a.\u00a0m.\n' +
    'Hora de Colombia.',
];
const REFERENCES = ['48772157429542', 'P374389735', 'EF-20261123-0042', '000123456789012345678901'];
/** Bills with their brackets, as bwip-js takes them. */
const BILLS = ['(415)7709998014350(8020)48772157429542(3900)52000', '(415)7709998014350(8020)000123456789(3900)1234567(96)20261130'];
const PAIRS = ['48772157429542', '00012345678901234567'];

/** The tasks: for each, every candidate does what the task says. The first is ours. */
export function tasks(ours) {
  const qr = {
    qrSvg: text => ours.qrSvg(text),
    uqr: text => renderSVG(text, { ecc: 'M', border: 4 }),
    qrcode: text => render(create(text, { errorCorrectionLevel: 'M' }), { margin: 4 }),
    'bwip-js': text => bwip.toSVG({ bcid: 'qrcode', text, eclevel: 'M', padding: 4 }),
  };
  const barcode = (symbology, bcid, content = text => text) => {
    const contents = new Map();
    return {
      barcodeSvg: text => {
        if (!contents.has(text)) contents.set(text, content(text));
        return ours.barcodeSvg({ symbology, content: contents.get(text) });
      },
      'bwip-js': text => bwip.toSVG({ bcid, text, paddingwidth: 10, dontlint: true }),
    };
  };
  return [
    { name: 'QR code of a link', inputs: LINKS, candidates: qr },
    { name: 'QR code of a message', inputs: MESSAGES, candidates: qr },
    { name: 'Code 128', inputs: REFERENCES, candidates: barcode('code128', 'code128') },
    { name: 'GS1-128', inputs: BILLS, candidates: barcode('gs1-128', 'gs1-128', elementStrings) },
    { name: 'ITF', inputs: PAIRS, candidates: barcode('itf', 'interleaved2of5') },
  ];
}

/** A bill as we take it: an FNC1 after each element of open length but the last. */
function elementStrings(bracketed) {
  const elements = [...bracketed.matchAll(/\((\d+)\)([^(]+)/g)].map(([, ai, data]) => ({ ai, data }));
  const end = ({ ai }, i) => (['8020', '3900'].includes(ai) && i < elements.length - 1 ? '\u001d' : '');
  return elements.map((element, i) => element.ai + element.data + end(element, i)).join('');
}
