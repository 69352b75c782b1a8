import pytest
import typer

from leadline.cli import service


async def fail() -> None:
    raise ExceptionGroup("worker", [ExceptionGroup("hands", [ValueError("cannot text +13035550142")])])


def test_a_fault_ends_the_process_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended:
        service._run(fail())

    assert ended.value.exit_code == 1
    assert "Stopped by a fault: ValueError: cannot text ***0142\n" in capsys.readouterr().err
