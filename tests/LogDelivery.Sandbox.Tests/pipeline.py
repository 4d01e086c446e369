"""A log group through Firehose into a bucket, set up with boto3 alone: what matches arrives, and its messages can be read."""
import datetime
import gzip
import json
import sys
import urllib.request

import boto3

endpoint, key, secret = sys.argv[1:4]
session = boto3.Session(key, secret, region_name="us-east-1")
client = lambda name: session.client(name, endpoint_url=endpoint)
s3, kms, iam, logs, firehose = (client(n) for n in ("s3", "kms", "iam", "logs", "firehose"))
account, bucket, group = "111122223333", "amzn-s3-demo-archive", "/aws/cloudtrail/events"

s3.create_bucket(Bucket=bucket)
key_arn = kms.create_key()["KeyMetadata"]["Arn"]
stream_arn = f"arn:aws:firehose:us-east-1:{account}:deliverystream/events"


def role(name, service, condition, statements):
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole", "Condition": condition}]}
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    iam.put_role_policy(RoleName=name, PolicyName="access", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": statements}))
    return arn


to_bucket = role("to-bucket", "firehose.amazonaws.com", {"StringEquals": {"sts:ExternalId": account}}, [
    {"Effect": "Allow", "Action": "s3:*", "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]},
    {"Effect": "Allow", "Action": ["kms:GenerateDataKey", "kms:Decrypt"], "Resource": key_arn},
])
to_stream = role("to-stream", "logs.amazonaws.com", {"StringEquals": {"aws:SourceAccount": account}}, [
    {"Effect": "Allow", "Action": "firehose:PutRecord", "Resource": stream_arn},
])
created = firehose.create_delivery_stream(DeliveryStreamName="events", ExtendedS3DestinationConfiguration={
    "RoleARN": to_bucket,
    "BucketARN": f"arn:aws:s3:::{bucket}",
    "Prefix": "events/!{timestamp:yyyy/MM/dd}/",
    "ErrorOutputPrefix": "errors/!{firehose:error-output-type}/",
    "BufferingHints": {"IntervalInSeconds": 60, "SizeInMBs": 1},
    "EncryptionConfiguration": {"KMSEncryptionConfig": {"AWSKMSKeyARN": key_arn}},
})
assert created["DeliveryStreamARN"] == stream_arn
description = firehose.describe_delivery_stream(DeliveryStreamName="events")["DeliveryStreamDescription"]
assert description["DeliveryStreamStatus"] == "ACTIVE", description
assert description["Destinations"][0]["ExtendedS3DestinationDescription"]["CompressionFormat"] == "UNCOMPRESSED", description

logs.create_log_group(logGroupName=group)
logs.create_log_stream(logGroupName=group, logStreamName="one")
logs.put_subscription_filter(logGroupName=group, filterName="logins", filterPattern='{ $.eventName = "ConsoleLogin" }', destinationArn=stream_arn, roleArn=to_stream)
assert logs.describe_subscription_filters(logGroupName=group)["subscriptionFilters"][0]["destinationArn"] == stream_arn

now = int(datetime.datetime.now().timestamp() * 1000)
messages = [json.dumps({"eventName": name}) for name in ("ConsoleLogin", "ListBuckets", "ConsoleLogin")]
logs.put_log_events(logGroupName=group, logStreamName="one", logEvents=[{"timestamp": now, "message": m} for m in messages])
urllib.request.urlopen(urllib.request.Request(f"{endpoint}_sandbox/advance", b'{"minutes":5}', {"X-Sandbox-Token": sys.argv[4]}, method="POST")).read()

(item,) = s3.list_objects_v2(Bucket=bucket, Prefix="events/")["Contents"]
text, envelopes = gzip.decompress(s3.get_object(Bucket=bucket, Key=item["Key"])["Body"].read()).decode(), []
while text:
    envelope, end = json.JSONDecoder().raw_decode(text)
    envelopes.append(envelope)
    text = text[end:]
assert [e["messageType"] for e in envelopes] == ["CONTROL_MESSAGE", "DATA_MESSAGE"], envelopes
assert [json.loads(e["message"])["eventName"] for e in envelopes[1]["logEvents"]] == ["ConsoleLogin", "ConsoleLogin"], envelopes

firehose.put_record(DeliveryStreamName="events", Record={"Data": b"direct"})
firehose.put_record_batch(DeliveryStreamName="events", Records=[{"Data": b"a"}, {"Data": b"b"}])
try:
    firehose.update_destination(DeliveryStreamName="events", CurrentDeliveryStreamVersionId="7", DestinationId="destinationId-000000000001", ExtendedS3DestinationUpdate={"Prefix": "x/"})
    raise AssertionError("A stale version was taken.")
except firehose.exceptions.ConcurrentModificationException:
    pass
print("The pipeline holds.")
