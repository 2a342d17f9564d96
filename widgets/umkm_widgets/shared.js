// What the script of a kind outside this repository imports as "umkm_widgets" (see front.py).

import { makeQuestion } from "./question.js";

export * from "./parts.js";
export * from "./photo_upload.js";
export * from "./rubric.js";

/** @param {{makeField: Parameters<typeof makeQuestion>[0]}} script */
export const widgetOf = ({ makeField }) => makeQuestion(makeField);
