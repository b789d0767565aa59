"""Writes test/fixtures/coco-evaluation.json: drawn annotations and results, and what pycocotools says of them.

python3 -m pip install pycocotools numpy; python3 test/helpers/make_coco_evaluation.py > test/fixtures/coco-evaluation.json
"""
import contextlib
import copy
import io
import json
import random
import sys

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

random.seed(7)
KEYPOINTS = 17
PICTURES = 40
images, annotations, results = [], [], []


def one(number):
    return round(number, 1)


for image in range(1, PICTURES + 1):
    images.append({"id": image, "file_name": f"{image}.jpg", "width": 640, "height": 480})
    for _ in range(random.randrange(0, 5)):
        side = random.choice([20, 60, 90, 200, 350])
        left, top = random.uniform(0, 640 - side), random.uniform(0, max(1, 480 - side))
        kind = random.choices(["whole", "partly", "unlabelled", "crowd"], [6, 4, 1, 1])[0]
        keypoints = []
        for _ in range(KEYPOINTS):
            visibility = 2 if kind == "whole" else random.choice([0, 1, 2]) if kind == "partly" else 0
            keypoints += (
                [one(left + random.uniform(0, side)), one(top + random.uniform(0, side)), visibility]
                if visibility
                else [0, 0, 0]
            )
        annotations.append(
            {
                "id": len(annotations) + 1,
                "image_id": image,
                "category_id": 1,
                "iscrowd": int(kind == "crowd"),
                "bbox": [one(left), one(top), side, side],
                "area": one(0.6 * side * side),
                "segmentation": [],
                "num_keypoints": sum(1 for v in keypoints[2::3] if v),
                "keypoints": keypoints,
            }
        )
        for _ in range(random.choices([0, 1, 2, 25], [3, 8, 2, 0.3])[0]):
            noise = random.choice([0.01, 0.03, 0.08, 0.2]) * side
            found = []
            for i in range(KEYPOINTS):
                x, y, v = keypoints[3 * i : 3 * i + 3]
                if not v:
                    x, y = left + random.uniform(0, side), top + random.uniform(0, side)
                found += [one(x + random.gauss(0, noise)), one(y + random.gauss(0, noise)), 1]
            score = one(random.random())
            results.append({"image_id": image, "category_id": 1, "keypoints": found, "score": score})
    for _ in range(random.choice([0, 0, 1])):
        found = []
        for _ in range(KEYPOINTS):
            found += [one(random.uniform(0, 640)), one(random.uniform(0, 480)), 1]
        results.append({"image_id": image, "category_id": 1, "keypoints": found, "score": one(random.random())})

document = {
    "images": images,
    "annotations": annotations,
    "categories": [{"id": 1, "name": "person"}],
}
with contextlib.redirect_stdout(io.StringIO()):
    truth = COCO()
    truth.dataset = copy.deepcopy(document)
    truth.createIndex()
    evaluation = COCOeval(truth, truth.loadRes([dict(each) for each in results]), "keypoints")
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
names = ["AP", "AP50", "AP75", "APmedium", "APlarge", "AR", "AR50", "AR75", "ARmedium", "ARlarge"]
stats = dict(zip(names, map(float, evaluation.stats)))
json.dump({"document": document, "results": results, "stats": stats}, sys.stdout, separators=(",", ":"))
