const minSlots = 16;

/** A first-in-first-out buffer in one array that is used in a circle; it doubles when it is full. */
export class Ring<T> {
  // A power of two, so that positions wrap by masking; freed slots are cleared, to keep no item alive.
  #slots: (T | undefined)[] = emptySlots(minSlots);
  #first = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(item: T): void {
    if (this.#length === this.#slots.length) this.#grow();
    this.#slots[(this.#first + this.#length) & (this.#slots.length - 1)] = item;
    this.#length++;
  }

  /** Takes the oldest item. The ring is not empty. */
  shift(): T {
    const item = this.#slots[this.#first] as T;
    this.#slots[this.#first] = undefined;
    this.#first = (this.#first + 1) & (this.#slots.length - 1);
    this.#length--;
    // After a burst the memory goes back; small arrays stay, they are not worth the churn.
    if (this.#length === 0 && this.#slots.length > 1024) this.clear();
    return item;
  }

  clear(): void {
    this.#slots = emptySlots(minSlots);
    this.#first = 0;
    this.#length = 0;
  }

  #grow(): void {
    const slots = emptySlots<T>(this.#slots.length * 2);
    for (let i = 0; i < this.#length; i++) {
      slots[i] = this.#slots[(this.#first + i) & (this.#slots.length - 1)];
    }
    this.#slots = slots;
    this.#first = 0;
  }
}

function emptySlots<T>(count: number): (T | undefined)[] {
  return Array.from({ length: count }, () => undefined);
}
