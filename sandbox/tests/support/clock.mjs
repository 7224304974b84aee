// Lets a test move a shop's clock: so many seconds ahead as the last line of the standard input says.
const Wall = Date;
let ahead = 0;

globalThis.Date = class extends Wall {
  constructor(...given) {
    super(...(given.length > 0 ? given : [Date.now()]));
  }

  static now() {
    return Wall.now() + ahead;
  }
};

process.stdin.setEncoding('utf8').on('data', (line) => {
  ahead = Number(line) * 1000;
  console.log(`clock ${Number(line)}`);
});
process.stdin.unref();
