"""Small datasets under the names that the pages use, cut from the demo dataset."""

import json
import pathlib
import shutil
import struct
import tarfile
import zlib

RECIPE = """version: 1
input: {root: data/train}
output: {root: data/train-x10}
expand: {factor: 5}
augment: [rotate: {degrees: ±9}]
"""


def size_of(png):
    return struct.unpack(">II", png.read_bytes()[16:24])


def grey_png(width, height):
    """A mask of one value."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) +
            chunk(b"IDAT", zlib.compress((b"\0" + b"\1" * width) * height)) + chunk(b"IEND", b""))


class ExampleData:
    """Writes into `folder`, each image another one of the demo's."""

    def __init__(self, demo, folder):
        self.folder = folder
        self.pictures = {kind: iter(sorted(demo.rglob(f"*.{kind}"))) for kind in ("jpg", "png")}

    def put(self, *paths):
        for path in paths:
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(next(self.pictures[target.suffix[1:]]), target)

    def write(self, path, content):
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())

    def write_all(self):
        self.write("recipe.yaml", RECIPE)
        for name in ("cat", "dog"):
            self.put(f"data/train/{name}/7.jpg", f"data/train/{name}/a/patient1_1.jpg",
                     f"data/train/{name}/b/patient2_1.jpg", f"my/images/{name}/1.jpg", f"data/2024/{name}/1.jpg",
                     f"data/2025/{name}/1.jpg", f"data/flat/{name}_001.jpg", f"data/flat/{name}_002.jpg")
            self.put(*(f"data/parts/{part}/{name}/1.jpg" for part in ("train", "val", "test")))
            self.annotated(name)
        self.put(*(f"data/train/{name}/1.png" for name in ("6", "left", "right", "trash")))
        self.write("groups.csv", "file,patient\ncat/7.jpg,anna\ndog/7.jpg,anna\n")
        flat = [(f"{name}_00{at}.jpg", name, part) for name in ("cat", "dog") for at, part in ((1, "train"), (2, "val"))]
        self.write("data/flat/labels.csv", "file,label\n" + "".join(f"{file},{name}\n" for file, name, _ in flat))
        self.write("data/flat/labels.jsonl", "".join(
            json.dumps({"path": file, "y": name, "part": part}) + "\n" for file, name, part in flat))
        self.archives()
        self.write("data/annotations.json", json.dumps(self.coco()))

    def annotated(self, name):
        image = f"data/images/{name}/7.png"
        self.put(image)
        width, height = size_of(self.folder / image)
        self.write(f"data/masks/{name}/7.png", grey_png(width, height))
        self.write(f"data/labels/{name}/7.txt", "0 0.5 0.5 0.4 0.4\n")
        self.write(f"data/annotations/{name}/7.xml", f"""<annotation><filename>7.png</filename>
<size><width>{width}</width><height>{height}</height><depth>3</depth></size>
<object><name>{name}</name><bndbox><xmin>9</xmin><ymin>9</ymin><xmax>60</xmax><ymax>60</ymax></bndbox></object>
</annotation>""")

    def coco(self):
        names = ("cat", "dog")
        sizes = [size_of(self.folder / f"data/images/{name}/7.png") for name in names]
        return {"images": [{"id": at, "file_name": f"{name}/7.png", "width": width, "height": height}
                           for at, (name, (width, height)) in enumerate(zip(names, sizes))],
                "annotations": [{"id": at, "image_id": at, "category_id": 1, "bbox": [9, 9, 50, 50], "area": 2500,
                                 "iscrowd": 0} for at in range(len(names))],
                "categories": [{"id": 1, "name": "sign"}]}

    def archives(self):
        with tarfile.open(self.folder / "data.tar", "w") as tar:
            tar.add(self.folder / "data/2024", arcname=".")
        (self.folder / "data/shards").mkdir()
        with tarfile.open(self.folder / "data/shards/000000.tar", "w") as tar:
            for at, name in enumerate(("cat", "dog")):
                self.write("key.cls", str(at))
                tar.add(self.folder / f"data/2024/{name}/1.jpg", arcname=f"{at}.jpg")
                tar.add(self.folder / "key.cls", arcname=f"{at}.cls")
        (self.folder / "key.cls").unlink()
