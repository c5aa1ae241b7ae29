"""A list as a workbook, read by openpyxl, against the same list as NDJSON."""

import datetime
import json
import os
import unittest

import openpyxl

DATA = os.environ["INTEROP_DATA"]


class Workbook(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sheet = openpyxl.load_workbook(f"{DATA}/list.xlsx").active
        with open(f"{DATA}/list.ndjson", encoding="utf-8") as lines:
            cls.entries = [json.loads(line) for line in lines]
        cls.columns = {cell.value: cell.column for cell in cls.sheet[1]}

    def column(self, name):
        return [self.sheet.cell(row, self.columns[name]) for row in range(2, self.sheet.max_row + 1)]

    def test_everybody_is_there(self):
        self.assertEqual([cell.value for cell in self.column("account")], [entry["account"] for entry in self.entries])
        self.assertGreater(len(self.entries), 900)

    def test_texts_and_numbers_are_the_same(self):
        for name in ["id", "tier", "followers", "expected_low"]:
            self.assertEqual([cell.value for cell in self.column(name)], [entry[name] for entry in self.entries], name)
        names = [None if entry["name"] in (None, "") else " ".join(entry["name"].splitlines()) for entry in self.entries]
        self.assertEqual([cell.value for cell in self.column("name")], names)

    def test_days_are_days(self):
        for cell, entry in zip(self.column("last_post"), self.entries):
            day = entry["last_post"]
            self.assertEqual(cell.value, None if day is None else datetime.datetime.fromisoformat(day))

    def test_links_lead_to_the_page(self):
        for cell, entry in zip(self.column("url"), self.entries):
            self.assertEqual(cell.hyperlink.target if cell.hyperlink else None, entry["url"])

    def test_no_cell_is_a_formula_and_the_header_stays(self):
        self.assertFalse(any(cell.data_type == "f" for row in self.sheet.iter_rows() for cell in row))
        self.assertEqual(self.sheet.freeze_panes, "A2")
        self.assertTrue(self.sheet.auto_filter.ref.startswith("A1:"))


if __name__ == "__main__":
    unittest.main()
