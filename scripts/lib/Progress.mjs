const REDRAW_MS = 250;
const HEARTBEAT_MS = 15_000;

/** `1:05` */
export function clock(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/**
 * Says which of how many steps runs and for how long: on a terminal in one line
 * that is redrawn, elsewhere in a line now and then.
 */
export class Progress {
  #total;
  #out;
  #now;
  #number = 0;
  #begun;
  #timer;

  constructor(total, { out = process.stdout, now = Date.now } = {}) {
    this.#total = total;
    this.#out = out;
    this.#now = now;
    this.#begun = now();
  }

  /** Milliseconds since the first step. */
  get elapsed() {
    return this.#now() - this.#begun;
  }

  say(text) {
    this.#out.write(`${text}\n`);
  }

  /** Says the last thing: the step that runs is not shown any more. */
  interrupt(text) {
    clearInterval(this.#timer);
    this.say(`\n${text}`);
  }

  /**
   * Runs one step.
   *
   * @param title - what happens, said before it does
   * @param work - gets `note`, which shows what it is at; what it returns is shown behind the title
   */
  async step(title, work) {
    this.#number++;
    const head = `[${this.#number}/${this.#total}] ${title}`;
    const begun = this.#now();
    const live = Boolean(this.#out.isTTY);
    let note = '';
    const draw = () => {
      const text = `${head}  ${clock(this.#now() - begun)}  ${note}`;
      this.#out.write(
        `\r\x1b[K${text.slice(0, (this.#out.columns ?? 80) - 1)}`,
      );
    };
    const beat = () => this.say(`      ${clock(this.#now() - begun)}  ${note}`);
    if (live) {
      draw();
    } else {
      this.say(`${head} …`);
    }
    this.#timer = setInterval(
      live ? draw : beat,
      live ? REDRAW_MS : HEARTBEAT_MS,
    );
    const end = mark => {
      clearInterval(this.#timer);
      const text = `${mark} ${head}  ${clock(this.#now() - begun)}`;
      this.#out.write(live ? `\r\x1b[K${text}` : text);
    };
    try {
      const result = await work(text => {
        note = text.trim();
      });
      end('✔');
      this.say(typeof result === 'string' ? `  ${result}` : '');
      return result;
    } catch (error) {
      end('✖');
      this.say('');
      throw error;
    }
  }
}
