// Taking the voucher along: the wasm module makes it up; the browser's canvas, downloads, share menu and
// printer do the rest, as far as the browser goes along.

import css from './print.css';

const FONT = 'px Roboto, system-ui, -apple-system, "Segoe UI", "Helvetica Neue", sans-serif';
const PNG = 'image/png';
/** A browser that prints says so within this time, in milliseconds. */
const PATIENCE = 2000;

/** One element's ways. How each ended goes to `hear('took' or 'failed', which)`; every call may come in any order. */
export class Taker {
  #root;
  #hear;
  #offers;
  /** What the image consists of. */
  #marks = [];
  /** The last file that was saved. */
  #address;
  #host;
  /** Takes back what printing needed. */
  #putAway = () => {};

  constructor(root, hear) {
    this.#root = root;
    this.#hear = hear;
  }

  /** What works in this document, as bits: files can be saved, pages printed, texts shared, images shared. */
  offers() {
    return (this.#offers ??= offers());
  }

  /**
   * Adds to the next image: an area with its width and height, text in letters of this height squeezed
   * to its width, or a path whose unit has this width and height.
   */
  mark(mark) {
    this.#marks.push(mark);
  }

  /** A root whose content is what will be printed. */
  paper() {
    this.#putAway();
    this.#host = document.createElement('div');
    this.#host.dataset.efectyPage = '';
    const paper = this.#host.attachShadow({ mode: 'open' });
    paper.adoptedStyleSheets = this.#root.adoptedStyleSheets;
    return paper;
  }

  /** Takes the voucher along as `image`, `share`, `reminder` or `print`. */
  async take(how, name, text) {
    const marks = this.#marks;
    this.#marks = [];
    try {
      if (how === 'print') await this.#print();
      else if (how === 'reminder') this.#save(new Blob([text], { type: 'text/calendar' }), `${name}.ics`);
      else {
        const image = marks.length ? new File([await png(marks)], `${name}.png`, { type: PNG }) : undefined;
        if (how === 'image') this.#save(image, image.name);
        else await navigator.share(image ? { text, files: [image] } : { text });
      }
      this.#hear('took', how);
    } catch (error) {
      // The shopper has closed the menu: nothing has failed.
      if (error?.name !== 'AbortError') this.#hear('failed', how);
    }
  }

  /** Lets go of everything. */
  end() {
    this.#putAway();
    URL.revokeObjectURL(this.#address);
  }

  #save(content, name) {
    // Not before: the browser had to read it.
    URL.revokeObjectURL(this.#address);
    this.#address = URL.createObjectURL(content);
    Object.assign(document.createElement('a'), { href: this.#address, download: name }).click();
  }

  /** The host page prints whatever its document shows: for this time, one element more. */
  #print() {
    const host = this.#host;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    document.documentElement.append(host);
    return new Promise((done, fail) => {
      const timer = setTimeout(() => this.#putAway(fail), PATIENCE);
      const begin = () => clearTimeout(timer);
      const end = () => this.#putAway(done);
      this.#putAway = (then = () => {}) => {
        begin();
        removeEventListener('beforeprint', begin);
        removeEventListener('afterprint', end);
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter(other => other !== sheet);
        host.remove();
        this.#putAway = () => {};
        then();
      };
      addEventListener('beforeprint', begin);
      addEventListener('afterprint', end);
      print();
    });
  }
}

function offers() {
  const shares = what => {
    try {
      return navigator.canShare(what);
    } catch {
      return false;
    }
  };
  const ways = [
    'download' in HTMLAnchorElement.prototype && isAllowed('allow-downloads'),
    'print' in window && isAllowed('allow-modals'),
    shares({ text: '-' }),
    shares({ files: [new File([], 'a.png', { type: PNG })] }),
  ];
  return ways.reduce((bits, works, i) => bits | (works << i), 0);
}

/**
 * Whether no frame around this forbids it, as far as frames can be seen: the browser tells nobody, and those
 * on a page of another origin are hidden.
 */
function isAllowed(what) {
  try {
    for (let inner = self; inner.frameElement; inner = inner.parent) {
      const frame = inner.frameElement;
      if (frame.hasAttribute('sandbox') && !frame.sandbox.contains(what)) return false;
    }
  } catch {
    // From here on outwards nothing is to be seen.
  }
  return true;
}

/** The marks, one over the other, as an image file. */
async function png(marks) {
  const canvas = document.createElement('canvas');
  const [, , , , , width, height] = marks[0];
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  for (const mark of marks) paint(context, ...mark);
  // Some browsers fill canvases with noise against tracking: the left edge must still be yellow over
  // white, give or take a little of it.
  const edge = context.getImageData(0, 0, 1, 40).data;
  if (edge[4 * 4 + 2] > 64 || edge[4 * 36 + 2] < 240) throw new Error('the canvas is not kept');
  const blob = await new Promise(resolve => canvas.toBlob(resolve, PNG));
  if (!blob) throw new Error('the canvas gives no image');
  return blob;
}

function paint(context, shape, color, text, left, top, width, height) {
  context.fillStyle = color;
  if (shape === 'area') return context.fillRect(left, top, width, height);
  if (shape === 'modules') {
    context.setTransform(width, 0, 0, height, left, top);
    context.fill(new Path2D(text));
    return context.resetTransform();
  }
  context.font = `${shape} ${height}${FONT}`;
  context.fillText(text, left, top, width);
}
