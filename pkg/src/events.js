// The events of <efecty-checkout>. They bubble, cross shadow roots, and carry nothing about a person.

class EfectyEvent extends Event {
  constructor(type, fields) {
    super(type, { bubbles: true, composed: true });
    Object.assign(this, fields);
  }
}

export class EfectyReadyEvent extends EfectyEvent {
  constructor() {
    super('efecty-ready');
  }
}

export class EfectyInvalidEvent extends EfectyEvent {
  constructor({ errors }) {
    super('efecty-invalid', { errors });
  }
}

export class EfectyVoucherEvent extends EfectyEvent {
  constructor({ voucher }) {
    super('efecty-voucher', { voucher });
  }
}

export class EfectyStatusEvent extends EfectyEvent {
  constructor({ voucher, status, previous, initial }, type = 'efecty-status') {
    super(type, { voucher, status, previous, initial });
  }
}

export class EfectyPaidEvent extends EfectyStatusEvent {
  constructor(fields) {
    super(fields, 'efecty-paid');
  }
}

export class EfectyExpiredEvent extends EfectyStatusEvent {
  constructor(fields) {
    super(fields, 'efecty-expired');
  }
}

export class EfectyErrorEvent extends EfectyEvent {
  constructor({ code, requestId = null, traceId = null, httpStatus = null, detail = null }) {
    super('efecty-error', { code, requestId, traceId, httpStatus, detail, time: new Date().toISOString() });
  }
}

const isPaid = status => status === 'paid' || status === 'paid_late';

/** The events that tell what the wasm module reports as `news`. */
export function eventsFor(news) {
  switch (news.kind) {
    case 'ready':
      return [new EfectyReadyEvent()];
    case 'invalid':
      return [new EfectyInvalidEvent(news)];
    case 'voucher':
      return [new EfectyVoucherEvent(news)];
    case 'status': {
      const events = [new EfectyStatusEvent(news)];
      // Accepted late and then settled is paid once.
      if (isPaid(news.status) && !isPaid(news.previous)) events.push(new EfectyPaidEvent(news));
      if (news.status === 'expired') events.push(new EfectyExpiredEvent(news));
      return events;
    }
    default:
      return [new EfectyErrorEvent(news)];
  }
}
