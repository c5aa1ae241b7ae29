import { ApiError, authorisation } from "../api.ts";

/**
 * Sends a file, telling how far it is: 0 to 1.
 *
 * @throws ApiError with the server's words
 */
export function sendFile(
  file: File,
  onProgress: (share: number) => void,
): Promise<{ dataset: { id: string } }> {
  return new Promise((resolve, reject) => {
    // fetch() does not tell how much of a body has been sent.
    const request = new XMLHttpRequest();
    request.open("POST", `/v1/datasets?name=${encodeURIComponent(file.name)}`);
    for (const [name, value] of Object.entries(authorisation())) request.setRequestHeader(name, value);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      if (request.status === 202) resolve(request.response);
      else
        reject(
          new ApiError(request.status, request.response?.detail ?? `The server answered ${request.status}.`),
        );
    };
    request.onerror = () =>
      reject(new ApiError(0, "The file could not be sent. Is insights serve still running?"));
    request.send(file);
  });
}
