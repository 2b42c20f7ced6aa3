// @ts-check
/**
 * The types of a tour step. An app's `tour.mjs` default-exports one:
 *
 *     // @ts-check
 *     import { defineStep } from "@netloom/tour";
 *
 *     export default defineStep({
 *       title: { en: "what it shows", zh: "演示什么" },
 *       async run(tour) {
 *         const server = await tour.serve(["serve", "--port", "0"]);
 *         …
 *       },
 *     });
 *
 * @typedef {import("./context.mjs").TourContext} TourContext
 * @typedef {{ readonly en: string, readonly zh: string }} Text
 * @typedef {object} Step
 * @property {Text} title  one line, no full stop
 * @property {(tour: TourContext) => Promise<void>} run  rejects when the app did not do its work
 */

/**
 * Names the type of a step, so that an editor helps to write it.
 *
 * @param {Step} step
 * @returns {Step}
 */
export function defineStep(step) {
  return step;
}
