/**
 * The state of a mutex in shared memory: its holder, and a first-in-first-out list of waiters in slots
 * of one array, changed under a word lock.
 *
 * A slot's first word is what its waiter sleeps on: `waiting` until a release hands over to it. Holder
 * and list change together, so a mutex is never free while somebody waits, and whoever comes later
 * cannot slip in. Neither side allocates: a release takes constant time, and so does giving up.
 */
import { threadId } from "node:worker_threads";

import { ConcurrencyError } from "../errors.ts";
import { lockWord, unlockWord } from "./word-lock.ts";

// Words of the header. Slots are numbered from 1: 0 is "none". Threads are kept as their id plus 1.
const lock = 0;
const holder = 1;
const count = 2;
const head = 3;
const tail = 4;
const spare = 5;
const headerWords = 6;

// Words of a slot.
const next = 1;
const previous = 2;
const thread = 3;
const slotWords = 4;

const granted = 0;
/** The value of a slot's word while its call waits. */
export const waiting = 1;

/** What `enqueue` gives besides a slot. */
export const taken = 0;

export class MutexState {
  readonly words: Int32Array<SharedArrayBuffer>;

  constructor(buffer: SharedArrayBuffer) {
    this.words = new Int32Array(buffer);
  }

  /** A free mutex with room for `maxWaiting` waiters. */
  static create(maxWaiting: number): MutexState {
    const words = headerWords + maxWaiting * slotWords;
    const state = new MutexState(new SharedArrayBuffer(words * Int32Array.BYTES_PER_ELEMENT));
    for (let slot = maxWaiting; slot > 0; slot--) state.#free(slot);
    return state;
  }

  /** Whether a buffer can be the memory of a mutex. */
  static fits({ byteLength }: SharedArrayBuffer): boolean {
    const slots = (byteLength / Int32Array.BYTES_PER_ELEMENT - headerWords) / slotWords;
    return Number.isInteger(slots) && slots >= 0;
  }

  get locked(): boolean {
    return Atomics.load(this.words, holder) !== 0;
  }

  get waiting(): number {
    return Atomics.load(this.words, count);
  }

  /** Takes the mutex if it is free. */
  take(): boolean {
    const { words } = this;
    lockWord(words, lock);
    const isFree = words[holder] === 0;
    if (isFree) words[holder] = threadId + 1;
    unlockWord(words, lock);
    return isFree;
  }

  /**
   * Takes the mutex if it is free (`taken`), else a place at the end of the line: the index of the word
   * to sleep on. Throws `ERR_CONCURRENCY_LIMIT` when all places are taken.
   */
  enqueue(operation: string): number {
    const { words } = this;
    lockWord(words, lock);
    const slot = words[holder] === 0 ? 0 : this.#get(spare);
    if (slot !== 0) this.#append(slot);
    const isFree = words[holder] === 0;
    if (isFree) words[holder] = threadId + 1;
    const length = this.#get(count);
    unlockWord(words, lock);
    if (isFree) return taken;
    if (slot !== 0) return at(slot);
    throw new ConcurrencyError(
      "ERR_CONCURRENCY_LIMIT",
      `${operation}: ${length} calls are waiting, as many as maxWaiting allows`,
    );
  }

  /** Gives up a place: `false` if the mutex was handed over to it before. */
  withdraw(word: number): boolean {
    const { words } = this;
    lockWord(words, lock);
    const stillWaiting = words[word] === waiting;
    if (stillWaiting) {
      this.#remove(slotAt(word));
      this.#free(slotAt(word));
      this.#wake(word);
    }
    unlockWord(words, lock);
    return stillWaiting;
  }

  /** Gives back the place of a call that the mutex was handed over to. */
  accept(word: number): void {
    lockWord(this.words, lock);
    this.#free(slotAt(word));
    unlockWord(this.words, lock);
  }

  /** Hands over to the call that has waited longest, or frees the mutex. */
  release(): void {
    const { words } = this;
    lockWord(words, lock);
    const slot = this.#get(head);
    if (slot === 0) {
      words[holder] = 0;
    } else {
      this.#remove(slot);
      words[holder] = this.#get(at(slot) + thread);
      this.#wake(at(slot));
    }
    unlockWord(words, lock);
  }

  /** The ids of the thread that holds it and of those that wait, in order. */
  inspect(): { holder: number | undefined; waiters: number[] } {
    const { words } = this;
    lockWord(words, lock);
    const held = this.#get(holder);
    const waiters: number[] = [];
    for (let slot = this.#get(head); slot !== 0; slot = this.#get(at(slot) + next)) {
      waiters.push(this.#get(at(slot) + thread) - 1);
    }
    unlockWord(words, lock);
    return { holder: held === 0 ? undefined : held - 1, waiters };
  }

  #get(word: number): number {
    return this.words[word] ?? 0;
  }

  #append(slot: number): void {
    const { words } = this;
    const last = this.#get(tail);
    words[spare] = this.#get(at(slot) + next);
    Atomics.store(words, at(slot), waiting);
    words[at(slot) + next] = 0;
    words[at(slot) + previous] = last;
    words[at(slot) + thread] = threadId + 1;
    words[last === 0 ? head : at(last) + next] = slot;
    words[tail] = slot;
    words[count] = this.#get(count) + 1;
  }

  #remove(slot: number): void {
    const { words } = this;
    const before = this.#get(at(slot) + previous);
    const after = this.#get(at(slot) + next);
    words[before === 0 ? head : at(before) + next] = after;
    words[after === 0 ? tail : at(after) + previous] = before;
    words[count] = this.#get(count) - 1;
  }

  #free(slot: number): void {
    this.words[at(slot) + next] = this.#get(spare);
    this.words[spare] = slot;
  }

  #wake(word: number): void {
    Atomics.store(this.words, word, granted);
    Atomics.notify(this.words, word);
  }
}

function at(slot: number): number {
  return headerWords + (slot - 1) * slotWords;
}

function slotAt(word: number): number {
  return (word - headerWords) / slotWords + 1;
}
