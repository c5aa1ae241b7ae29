/** Arrows and fingers that point to a link. */
export const POINTING: readonly string[] = [..."👇⬇↓👆🔽⤵👉⬆☟"];

/** Places and travel. */
export const PLACES: readonly string[] = [..."📍🌍🌎🌏🗺✈🌐"];

/** Hearts. */
export const HEARTS: readonly string[] = [..."❤♥💔💖💕💞💓💗💘💙💚💛💜🖤🤍🤎🧡❣💝"];

/** Faces. */
export const FACES: readonly string[] = [
  ..."😀😁😂🤣😃😄😅😆😉😊😋😎😍😘🥰😗😙😚🙂🤗🤩🤔😏😌😜🤪😝😒😔😭😢😩🥺😤😡😈🤭🙄😇🥳🤠",
];
