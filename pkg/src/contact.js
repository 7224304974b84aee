// What the element hears besides answers: the tabs that show the same voucher, and the backend's
// stream of events.

/** One element's contacts. What it hears goes to `hear(what, text)`; every call may come in any order. */
export class Contact {
  #hear;
  #channel;
  /** Gives the lead back, or leaves the line. */
  #withdraw;
  /** Whether a lead was to be taken and has not come. */
  #isSeizing = false;
  /** Whether no agreement with other tabs is possible here. */
  #isAlone = false;
  #stream;

  constructor(hear) {
    this.#hear = hear;
  }

  /** Stands in line for the lead of `name`, or takes it from whoever has it. */
  compete(name, seizes) {
    // What can be stolen is stolen at once: these locks answer nobody.
    this.#isAlone ||= seizes && this.#isSeizing;
    this.withdraw();
    if (this.#isAlone) return this.#hear('lead');
    this.#isSeizing = seizes;
    try {
      this.#channel = new BroadcastChannel(name);
      this.#channel.onmessage = ({ data }) => this.#hear('told', String(data));
      this.#request(name, seizes);
    } catch {
      this.#stayAlone();
    }
  }

  #request(name, seizes) {
    const leaving = new AbortController();
    let isIn = true;
    let hasLed = false;
    let release;
    const held = new Promise(resolve => (release = resolve));
    this.#withdraw = () => {
      isIn = false;
      leaving.abort();
      release();
    };
    const lead = () => {
      hasLed = isIn;
      this.#isSeizing = false;
      if (isIn) this.#hear('lead');
      return held;
    };
    // A lock cannot be stolen and waited for at once.
    const options = seizes ? { steal: true } : { signal: leaving.signal };
    navigator.locks.request(name, options, lead).catch(error => {
      if (!isIn) return;
      if (!hasLed || error?.name !== 'AbortError') return this.#stayAlone();
      // Robbed: in line again, for the day when the robber goes.
      this.#hear('follow');
      if (isIn) this.compete(name, false);
    });
  }

  /** Without locks or channels every tab asks for itself; they are not tried again. */
  #stayAlone() {
    this.withdraw();
    this.#isAlone = true;
    this.#hear('lead');
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
    let stream;
    try {
      stream = new EventSource(url, { withCredentials });
    } catch {
      return this.#hear('closed');
    }
    this.#stream = stream;
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
