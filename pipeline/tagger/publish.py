"""Push a trained model to the hub: `python -m pipeline.tagger.publish OWNER/NAME`, after `hf auth login`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError

from pipeline.errors import ModelError, PipelineError
from pipeline.tagger.settings import read_settings


def publish(folder: Path, repository: str, private: bool) -> str:
    """Upload a model folder as one commit; returns the commit's address. Raises ModelError where the hub refuses."""
    settings = read_settings(folder)
    api = HfApi()
    try:
        api.create_repo(repository, private=private, exist_ok=True)
        commit = api.upload_folder(repo_id=repository, folder_path=folder, commit_message=f"From {settings.name}")
    except (HfHubHTTPError, ConnectionError) as error:
        raise ModelError(
            repository, f"the hub took no upload: {error}", "Run `hf auth login`, and try again"
        ) from error
    return str(commit.commit_url)


def main(
    repository: Annotated[str, typer.Argument(help="OWNER/NAME on the hub; made if it is not there.")],
    folder: Annotated[Path, typer.Option(help="The model's folder.")] = Path("models") / "ner",
    private: Annotated[bool, typer.Option(help="Whether only you may see it.")] = True,
) -> None:
    """Push a trained model to the hub."""
    try:
        typer.echo(publish(folder, repository, private))
    except PipelineError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


if __name__ == "__main__":
    typer.run(main)
