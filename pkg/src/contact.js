// What the element hears besides answers: the tabs that show the same voucher, and the backend's
// stream of events.

/** One element's contacts. What it hears goes to `hear(what, text)`; every call may come in any order. */
export class Contact {
  #hear;
  #channel;
  /** Gives the lead back, or leaves the line. */
  #withdraw;
  #stream;

  constructor(hear) {
    this.#hear = hear;
  }

  /** Stands in line for the lead of `name`, or takes it from whoever has it. */
  compete(name, seizes) {
    this.withdraw();
    try {
      this.#channel = new BroadcastChannel(name);
      this.#channel.onmessage = ({ data }) => this.#hear('told', String(data));
      this.#request(name, seizes);
    } catch {
      // Neither locks nor channels here: every tab asks for itself.
      this.#hear('lead');
    }
  }

  #request(name, seizes) {
    const leaving = new AbortController();
    let isIn = true;
    let release;
    const held = new Promise(resolve => (release = resolve));
    this.#withdraw = () => {
      isIn = false;
      leaving.abort();
      release();
    };
    const lead = () => {
      if (isIn) this.#hear('lead');
      return held;
    };
    // A lock cannot be stolen and waited for at once.
    const options = seizes ? { steal: true } : { signal: leaving.signal };
    navigator.locks.request(name, options, lead).catch(() => isIn && this.#hear('follow'));
  }

  withdraw() {
    this.#withdraw?.();
    this.#channel?.close();
    this.#withdraw = this.#channel = undefined;
  }

  tell(text) {
    this.#channel?.postMessage(text);
  }

  listen(url, withCredentials) {
    this.mute();
    const stream = new EventSource(url, { withCredentials });
    this.#stream = stream;
    stream.onopen = () => this.#hear('open');
    stream.onmessage = ({ data }) => this.#hear('event', data);
    // The browser would try again by itself, for ever; when is the session's to say.
    stream.onerror = () => {
      if (this.#stream !== stream) return;
      this.mute();
      this.#hear('closed');
    };
  }

  mute() {
    this.#stream?.close();
    this.#stream = undefined;
  }

  end() {
    this.withdraw();
    this.mute();
  }
}
