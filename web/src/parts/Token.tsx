import { keepToken } from "../api.ts";

/** Asks for the token that the server wants; it is kept until the tab is closed. */
export function Token() {
  return (
    <form
      className="start"
      onSubmit={(event) => {
        event.preventDefault();
        keepToken(String(new FormData(event.currentTarget).get("token")).trim());
        location.reload();
      }}
    >
      <h1>This server asks for a token</h1>
      <p>Whoever started it gave it one (--token, or INSIGHTS_TOKEN).</p>
      <p>
        <label>
          Token <input name="token" type="password" autoComplete="off" required />
        </label>{" "}
        <button type="submit" className="button primary">
          Open
        </button>
      </p>
    </form>
  );
}
