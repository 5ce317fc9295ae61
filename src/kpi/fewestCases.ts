/** Of fewer cases a rate or mean says too little to be judged. */
export const fewestCases = 10;
