// What a change is known by.

/** @param {{writer?: string, seq?: number}} change */
export const nameOf = (change) => `${change.writer} ${change.seq}`;
/** @param {{sheet: string, question: string}} change */
export const placeOf = (change) => `${change.sheet} ${change.question}`;
/** @param {{sheet: string, question: string, page: string}} check */
export const spotOf = (check) => `${placeOf(check)} ${check.page}`;
