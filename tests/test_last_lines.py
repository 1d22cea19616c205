"""What tests have counted is the end of a run, whatever became of them and wherever they ran."""

import pytest

TESTS = """
    import pytest

    @pytest.mark.parametrize("number", [1, 2])
    def test_counts(number, last_line):
        last_line(f"steps={number} differences={number - 1}")
        assert number == 1
"""


@pytest.mark.parametrize("processes", ["0", "2"])
def test_it_is_said_last(pytester, processes, monkeypatch, settings):
    monkeypatch.setenv("PYTHONPATH", str(settings.BASE_DIR))
    pytester.makepyfile(TESTS)
    plugins = ("-p", "no:django", "-p", "tests.last_lines")
    done = pytester.runpytest_subprocess("-qq", "-n", processes, *plugins)
    assert done.ret == pytest.ExitCode.TESTS_FAILED
    assert done.outlines[-2:] == ["steps=1 differences=0", "steps=2 differences=1"]
