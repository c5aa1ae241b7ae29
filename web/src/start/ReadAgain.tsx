import { useState } from "react";
import { ApiError, closeFile, type Reading, sendFile, sentFile } from "../api.ts";
import { ReadingForm, speaksOfReading } from "../files/ReadingForm.tsx";
import { addressOf, go } from "../route.ts";

/**
 * A form that sends a file again, to be read as somebody says. It holds what was said before. Nothing where the file was sent from
 * another tab or before a reload.
 *
 * @param words what is told of the file: nothing where it does not speak of how the file is read; without it the form always is there
 * @param title under which the form is hidden at first; without one it is open
 */
export function ReadAgain({ dataset, words, title }: { dataset: string; words?: string; title?: string }) {
  const [state, setState] = useState<{ sending: boolean; error: string | null }>({
    sending: false,
    error: null,
  });
  const sent = sentFile(dataset);
  if (sent === undefined || (words !== undefined && !speaksOfReading(words))) return null;
  const { file, reading } = sent;

  async function send(said: Reading) {
    setState({ sending: true, error: null });
    try {
      const { dataset: next } = await sendFile(file, said, () => {});
      await closeFile(dataset);
      go(addressOf(next.id, "shortlist"));
    } catch (problem) {
      setState({ sending: false, error: problem instanceof ApiError ? problem.message : String(problem) });
    }
  }

  const form = (
    <>
      <ReadingForm reading={reading} onRead={(said) => void send(said)} busy={state.sending} />
      {state.error !== null && (
        <p className="problem" role="alert">
          {state.error}
        </p>
      )}
    </>
  );
  return title === undefined ? (
    form
  ) : (
    <details>
      <summary>{title}</summary>
      {form}
    </details>
  );
}
