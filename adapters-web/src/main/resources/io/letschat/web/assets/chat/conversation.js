// What is known of a room's conversation. Messages are numbered 1, 2, 3, … without a hole, so a hole in what is
// known is a message that has not reached this page yet.

export class Conversation {
  #known = new Set();
  #epoch = null;
  #first = null;
  #contiguousSeq = 0;
  #last = 0;
  #started = false;

  /** Whether the room was joined at least once, so that a position is known. */
  get started() {
    return this.#started;
  }

  /** The highest number up to which nothing is missing. */
  get contiguousSeq() {
    return this.#contiguousSeq;
  }

  /** The highest number that is known to be given away. */
  get last() {
    return this.#last;
  }

  /** Changes when the database was restored: numbers of different epochs mean nothing to each other. */
  get epoch() {
    return this.#epoch;
  }

  /** The lowest known number, or null. */
  get first() {
    return this.#first;
  }

  get missing() {
    return this.#started && this.#contiguousSeq < this.#last;
  }

  get reachesStart() {
    return this.#started && (this.#first === 1 || this.#last === 0);
  }

  /** What a join says about the messages that are here already. */
  position() {
    return this.#started ? { after_seq: this.#contiguousSeq, after_epoch: this.#epoch } : {};
  }

  /** Whether the numbers known here come from before a restore of the server's database. */
  belongsToAnother(epoch) {
    return this.#started && epoch !== this.#epoch;
  }

  /** Notes a message; false when it was known. */
  add({ seq }) {
    if (this.#known.has(seq)) {
      return false;
    }
    this.#known.add(seq);
    this.#last = Math.max(this.#last, seq);
    this.#first = this.#first === null ? seq : Math.min(this.#first, seq);
    this.#advance();
    return true;
  }

  joined({ room, messages, complete }) {
    const newest = messages.at(-1)?.seq ?? 0;
    const all = !this.#started || complete;
    this.#epoch = room.epoch;
    this.#started = true;
    this.#last = Math.max(this.#last, room.last_seq);
    this.settle(all ? room.last_seq : newest);
  }

  /** Says that nothing is missing up to this number. */
  settle(seq) {
    this.#contiguousSeq = Math.max(this.#contiguousSeq, seq);
    this.#advance();
  }

  clear() {
    this.#known.clear();
    this.#epoch = null;
    this.#first = null;
    this.#contiguousSeq = 0;
    this.#last = 0;
    this.#started = false;
  }

  #advance() {
    while (this.#started && this.#known.has(this.#contiguousSeq + 1)) {
      this.#contiguousSeq += 1;
    }
  }
}
